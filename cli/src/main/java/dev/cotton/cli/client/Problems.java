package dev.cotton.cli.client;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.net.URI;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What an answer that is not a success means for a command. */
final class Problems {
    private Problems() {}

    static Failure of(URI url, int status, String body, JsonMapper json) {
        try {
            Answers.Problem problem = json.readValue(body, Answers.Problem.class);
            return new Failure(exitCode(status), problem.code(), problem.detail());
        } catch (JacksonException | NullPointerException notAProblem) {
            return new Failure(
                    exitCode(status),
                    "unexpected-answer",
                    "What answers at " + url + " said HTTP " + status + " and not why: is it a Cotton scheduler?");
        }
    }

    private static ExitCode exitCode(int status) {
        return switch (status) {
            case 400, 413, 415, 422 -> ExitCode.USAGE;
            case 401, 403 -> ExitCode.FORBIDDEN;
            case 404 -> ExitCode.NOT_FOUND;
            case 409 -> ExitCode.CONFLICT;
            case 502, 503, 504 -> ExitCode.UNREACHABLE;
            default -> ExitCode.FAILED;
        };
    }
}
