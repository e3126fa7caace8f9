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
                .put("gapSeconds", Samples.rounded(round.gap()))
                .put("writesBack", round.writes().gap().over())
                .put("attempted", round.writes().attempted())
                .put("acknowledged", round.writes().acknowledged())
                .put("refusedToStayers", round.writes().refusedToStayers())
                .put("lost", round.verdict().lost())
                .put("doubled", round.verdict().doubled())
                .put("unanswered", round.verdict().unanswered())
                .put("errant", round.errant());
        ArrayNode steps = json.putArray("steps");
        round.steps()
                .forEach(step -> steps.addObject()
                        .put("step", step.name())
                        .put("afterSeconds", Samples.rounded(step.after()))
                        .put("evidence", step.evidence()));
        ArrayNode complaints = json.putArray("complaints");
        round.complaints().forEach(complaints::add);
        return json;
    }

    /** With its events and the timeline. */
    static ObjectNode withDetails(RoundResult round) {
        ObjectNode json = of(round);
        ArrayNode events = json.putArray("events");
        round.events()
                .forEach(event -> events.addObject()
                        .put("at", event.at().toString())
                        .put("kind", event.kind())
                        .put("instance", event.instance().orElse(null))
                        .put("text", event.text()));
        ObjectNode timeline = json.putObject("timeline")
                .put("beginSeconds", Samples.rounded(round.timeline().begin()))
                .put("slotSeconds", Samples.rounded(round.timeline().slot()));
        ObjectNode acknowledged = timeline.putObject("acknowledged");
        round.timeline().acknowledged().forEach((instance, counts) -> {
            ArrayNode slots = acknowledged.putArray(instance);
            counts.forEach(slots::add);
        });
        return json;
    }
}
