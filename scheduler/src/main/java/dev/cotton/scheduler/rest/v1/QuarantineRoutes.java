package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.fleet.Quarantine.Gathered;
import dev.cotton.scheduler.fleet.Quarantine.Text;
import dev.cotton.scheduler.rest.edge.Audit;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.resource.ChangedRowsResource;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import dev.cotton.scheduler.rest.resource.QuarantineEntryResource;
import dev.cotton.scheduler.rest.resource.QuarantineResource;
import dev.cotton.scheduler.rest.resource.UnaskedResource;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/** What is saved of clusters' transactions that nobody else had. */
public final class QuarantineRoutes {
    private static final String ENTRIES = "/api/v1/clusters/{name}/quarantine";
    private static final String ENTRY = ENTRIES + "/{id}";

    private final Fleet fleet;

    public QuarantineRoutes(Fleet fleet) {
        this.fleet = fleet;
    }

    public void register(Routes routes) {
        routes.get(ENTRIES, this::list);
        routes.get(ENTRY, this::show);
        routes.get(ENTRY + "/text", this::text);
        routes.delete(ENTRY, this::discard);
    }

    private void list(Context ctx) {
        Parameters.only(ctx);
        Gathered gathered = fleet.quarantine().of(Parameters.clusterName(ctx));
        ctx.json(new QuarantineResource(
                gathered.entries().stream().map(QuarantineRoutes::view).toList(),
                gathered.unasked().entrySet().stream()
                        .map(silent -> new UnaskedResource(silent.getKey().toString(), silent.getValue()))
                        .toList()));
    }

    private void show(Context ctx) {
        Parameters.only(ctx);
        ctx.json(view(fleet.quarantine().entry(Parameters.clusterName(ctx), id(ctx))));
    }

    private void text(Context ctx) {
        Parameters.only(ctx, "offset", "limit");
        ClusterName name = Parameters.clusterName(ctx);
        QuarantineId id = id(ctx);
        long offset = Parameters.number(ctx, "offset", 0, 0, Long.MAX_VALUE);
        long limit = Parameters.number(ctx, "limit", Long.MAX_VALUE, 1, Long.MAX_VALUE);
        Text text = fleet.quarantine().text(name, id, offset, limit);
        // Told beforehand, so that a caller sees when an answer breaks off.
        ctx.contentType("text/plain").header("Content-Length", Long.toString(text.bytes()));
        if (!ctx.method().equals(HandlerType.HEAD)) {
            ctx.result(text.content());
        }
    }

    private void discard(Context ctx) {
        Parameters.only(ctx);
        Parameters.noBody(ctx);
        ClusterName name = Parameters.clusterName(ctx);
        QuarantineId id = id(ctx);
        QuarantineEntry gone = fleet.quarantine().discard(name, id);
        Audit.outcome(
                ctx,
                "quarantine entry " + id + " of " + name + " destroyed: " + gone.transactions() + " transactions, "
                        + gone.errant());
        ctx.json(view(gone));
    }

    private static QuarantineId id(Context ctx) {
        try {
            return QuarantineId.parse(ctx.pathParam("id"));
        } catch (IllegalArgumentException malformed) {
            throw new RequestRefused(ProblemCode.INVALID, "id", "id: " + malformed.getMessage());
        }
    }

    private static QuarantineEntryResource view(QuarantineEntry entry) {
        return new QuarantineEntryResource(
                entry.id().toString(),
                entry.id().instance().cluster().value(),
                entry.id().instance().toString(),
                entry.id().saved(),
                entry.errant().toString(),
                entry.transactions(),
                entry.rows().entrySet().stream()
                        .map(table -> new ChangedRowsResource(
                                table.getKey(),
                                table.getValue().inserted(),
                                table.getValue().updated(),
                                table.getValue().deleted()))
                        .toList(),
                entry.statements(),
                entry.first(),
                entry.last(),
                entry.bytes(),
                entry.complete());
    }
}
