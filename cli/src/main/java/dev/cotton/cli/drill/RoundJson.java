package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One round, for programs. */
final class RoundJson {
    private RoundJson() {}

    static ObjectNode of(RoundResult round) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("fault", round.fault().toString())
                .put("at", round.at().toString())
                .put("passed", round.passed())
                .put("gapSeconds", Samples.rounded(round.gap().span()))
                .put("writesBack", round.gap().over())
                .put("attempted", round.attempted())
                .put("acknowledged", round.acknowledged())
                .put("lost", round.verdict().lost())
                .put("doubled", round.verdict().doubled())
                .put("unanswered", round.verdict().unanswered())
                .put("errant", round.errant());
        ArrayNode steps = json.putArray("steps");
        round.steps()
                .forEach(step ->
                        steps.addObject().put("step", step.name()).put("afterSeconds", Samples.rounded(step.after())));
        ArrayNode complaints = json.putArray("complaints");
        round.complaints().forEach(complaints::add);
        return json;
    }
}
