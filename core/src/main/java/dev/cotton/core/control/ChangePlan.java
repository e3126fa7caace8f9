package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.MysqlOptions;
import java.util.ArrayList;
import java.util.List;

/** What a change of what was asked for would do, in sentences. */
final class ChangePlan {
    private ChangePlan() {}

    static List<String> of(ClusterRecord record, ClusterSpec wanted) {
        ClusterSpec former = record.spec();
        List<String> steps = new ArrayList<>();
        addDurability(former, wanted, steps);
        boolean inPlace = MysqlOptions.changeAtRuntime(former.options(), wanted.options());
        if (!wanted.size().equals(former.size()) || !inPlace) {
            addReplacement(record, wanted, steps);
        } else if (!wanted.options().equals(former.options())) {
            steps.add("The options become " + wanted.sortedOptions()
                    + ", without a restart: connections that are made from then on have them.");
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

    /** What {@code wanted} has other than {@code former}, in a sentence. */
    static String asked(ClusterSpec former, ClusterSpec wanted) {
        List<String> news = new ArrayList<>();
        if (wanted.instances() != former.instances()) {
            news.add(wanted.instances() + " instances rather than " + former.instances());
        }
        if (!wanted.size().equals(former.size())) {
            news.add(wanted.size() + " rather than " + former.size());
        }
        if (wanted.durability() != former.durability()) {
            news.add("durability " + Sentences.word(wanted.durability()) + " rather than "
                    + Sentences.word(former.durability()));
        }
        if (!wanted.options().equals(former.options())) {
            news.add("the options " + wanted.sortedOptions() + " rather than " + former.sortedOptions());
        }
        return news.isEmpty() ? "What there is was asked for." : "Asked for: " + String.join("; ", news) + ".";
    }

    private static void addDurability(ClusterSpec former, ClusterSpec wanted, List<String> steps) {
        if (former.durability() != wanted.durability()) {
            steps.add("Durability becomes " + Sentences.word(wanted.durability()) + ", without a restart"
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
