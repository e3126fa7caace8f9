package dev.cotton.cli.view;

import dev.cotton.cli.client.Capacity;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;

/** What there is for instances. */
public final class CapacityText {
    private CapacityText() {}

    public static String of(Capacity capacity, Paint paint) {
        Table all = new Table("", "CPUS", "MEMORY", "DISK");
        row(all, "known", capacity.total());
        row(all, "given away", capacity.used());
        String text = all.text(paint);
        if (capacity.roles().isEmpty()) {
            return text;
        }
        Table roles = new Table("ROLE", "QUOTA", "CPUS", "MEMORY", "DISK");
        for (Capacity.Role role : capacity.roles()) {
            row(roles, role.name(), "used", role.used(), "0");
            row(roles, "", "guaranteed", role.guarantee(), "0");
            row(roles, "", "at most", role.limit(), "no limit");
        }
        return text + "\n" + roles.text(paint);
    }

    private static void row(Table table, String name, Cluster.Size size) {
        table.row(name, String.valueOf(size.cpus()), size.mem(), size.disk());
    }

    private static void row(Table table, String role, String name, Capacity.Amounts amounts, String absent) {
        table.row(
                role,
                name,
                amounts.cpus().map(String::valueOf).orElse(absent),
                amounts.mem().orElse(absent),
                amounts.disk().orElse(absent));
    }
}
