package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a change of what was asked for would do, in sentences. */
final class ChangePlan {
    private ChangePlan() {}

    static List<String> of(ClusterRecord record, ClusterSpec wanted) {
        ClusterSpec former = record.spec();
        List<String> steps = new ArrayList<>();
        addDurability(former, wanted, steps);
        if (!wanted.shape().equals(former.shape())) {
            addReplacement(record, wanted, steps);
        }
        int more = wanted.instances() - former.instances();
        if (more > 0) {
            steps.add(more + " more " + (more == 1 ? "instance is" : "instances are")
                    + " made from copies of a replica's data, and acknowledge commits once they have caught up.");
        } else if (more < 0) {
            steps.add(-more + (more == -1 ? " replica leaves" : " replicas leave")
                    + " the in-sync set one after the other, the newest and those on shared hosts first; clients have "
                    + Sentences.span(Vacating.DRAIN)
                    + " to go elsewhere, then their copies of the data are destroyed.");
        }
        return steps.isEmpty() ? List.of("Nothing: that is what was asked for already.") : List.copyOf(steps);
    }

    private static void addDurability(ClusterSpec former, ClusterSpec wanted, List<String> steps) {
        if (former.durability() != wanted.durability()) {
            String word = wanted.durability().name().toLowerCase(Locale.ROOT).replace('_', '-');
            steps.add("Durability becomes " + word + ", without a restart"
                    + (wanted.durability() == Durability.ASYNC
                            ? ": from then on a failover may lose acknowledged commits."
                            : "; it holds once the operation has succeeded."));
        }
    }

    private static void addReplacement(ClusterRecord record, ClusterSpec wanted, List<String> steps) {
        String what = wanted.size().equals(record.spec().size())
                ? "the other options"
                : wanted.size().toString();
        steps.add("One by one, replicas first, each of " + Sentences.names(record.members())
                + " is replaced by a new instance with " + what
                + ": that is made from a copy, and only when it is in sync the old one goes.");
        record.primary()
                .ifPresent(primary -> steps.add(primary
                        + ", the primary, hands over before it goes: clients are without writes for a fraction of a"
                        + " second."));
        steps.add("There has to be room for one more instance meanwhile.");
    }
}
