package dev.cotton.scheduler.zookeeper;

import dev.cotton.core.port.StateStore.StateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.OpResult.ErrorResult;

/** Operations that are done together or not at all, each with what its refusal means. Used by one thread once. */
final class Transaction {
    /** What an operation is about. */
    enum Part {
        TERM,
        RECORD,
        NAME,
        DISCOVERY
    }

    private final List<Op> operations = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    Transaction add(Part part, Op operation) {
        operations.add(operation);
        parts.add(part);
        return this;
    }

    Transaction addAll(Part part, List<Op> all) {
        all.forEach(operation -> add(part, operation));
        return this;
    }

    /**
     * @return empty when all was done; otherwise the part that was refused because its node was not as expected
     * @throws StateException when it was refused for another reason: nothing was done
     * @throws dev.cotton.core.port.StateStore.OutcomeUnknownException when nobody knows
     */
    Optional<Part> commit(Calls calls) {
        List<OpResult> results = calls.transact(operations);
        return IntStream.range(0, results.size())
                .boxed()
                .filter(index -> code(results.get(index)) != Code.OK)
                .findFirst()
                .map(index -> refused(index, code(results.get(index))));
    }

    private Part refused(int index, Code code) {
        return switch (code) {
            case BADVERSION, NONODE, NODEEXISTS, NOTEMPTY -> parts.get(index);
            default ->
                throw new StateException("ZooKeeper refused to write "
                        + operations.get(index).getPath() + " (" + code + "). Nothing was changed.");
        };
    }

    private static Code code(OpResult result) {
        return result instanceof ErrorResult error ? Code.get(error.getErr()) : Code.OK;
    }
}
