package dev.cotton.cli.view;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Answers;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.options.OutputOptions;
import java.util.List;

/** What would be done, as numbered sentences. */
public final class PlanText {
    private PlanText() {}

    public static void write(Shell shell, OutputOptions output, Document<Answers.Plan> plan) {
        output.write(shell, plan.json(), paint -> text(plan.value().steps()));
    }

    public static String text(List<String> steps) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text.append(i + 1).append(". ").append(steps.get(i)).append('\n');
        }
        return text.append("Nothing was changed.\n").toString();
    }
}
