package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.port.StateStore.StateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.OpResult.SetDataResult;

/**
 * The begin of a term: from then on no earlier leader can write, and others find the new one's URL.
 *
 * @param place this scheduler's node in the election, which heads it
 * @param url where the leader is reached
 */
record TermRaise(ZooKeeperConnection connection, String place, String url) {
    /** Version of the one change of the term's node, among the operations. */
    private static final int CHANGE = 1;

    /**
     * @return the new term; empty when something was not as expected, and then nothing was changed
     * @throws StateException when ZooKeeper does not answer: the term may have been raised, which does no harm
     */
    Optional<LeaderTerm.Held> attempt() {
        Layout layout = connection.layout();
        Calls calls = connection.calls();
        Calls.Node term = calls.read(layout.term())
                .orElseThrow(() -> new StateException("The term vanished from " + layout.term() + "."));
        long next = Long.parseLong(term.text()) + 1;
        List<Op> operations = new ArrayList<>();
        // fence: a scheduler whose place is gone, with its session, begins no term
        operations.add(Op.check(place, -1));
        operations.add(Op.setData(
                layout.term(), Long.toString(next).getBytes(UTF_8), term.stat().getVersion()));
        if (calls.read(layout.leader()).isPresent()) {
            operations.add(Op.delete(layout.leader(), -1));
        }
        operations.add(calls.creation(layout.leader(), url.getBytes(UTF_8), CreateMode.EPHEMERAL));
        List<OpResult> results = calls.transact(operations);
        return results.get(CHANGE) instanceof SetDataResult changed
                ? Optional.of(new LeaderTerm.Held(next, changed.getStat().getVersion()))
                : Optional.empty();
    }

    /** Takes the leader's URL away. For the leader, before it gives up its place. */
    static void withdraw(ZooKeeperConnection connection) {
        connection.calls().transact(List.of(Op.delete(connection.layout().leader(), -1)));
    }
}
