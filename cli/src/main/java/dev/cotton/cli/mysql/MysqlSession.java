package dev.cotton.cli.mysql;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.machine.AtExit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One run of the client, on this process's own terminal.
 *
 * @param program the client
 * @param runtime where the private folder goes
 */
public record MysqlSession(Path program, Path runtime) {
    /**
     * Runs it to its end.
     *
     * @param authority in PEM
     * @param options made from the path that {@code authority} was written to
     * @param arguments further ones for the client
     * @return its exit code
     */
    public int run(String authority, Function<Path, OptionFile> options, List<String> arguments) {
        try (PrivateFolder folder = PrivateFolder.in(runtime)) {
            Path certificate = folder.write("ca.pem", authority);
            Path optionFile = folder.write("my.cnf", options.apply(certificate).text());
            return await(start(optionFile, folder.resolve("no-login-paths"), arguments));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The MySQL client " + program + " could not be run (" + e.getMessage() + ").", e);
        }
    }

    /** Only our option file counts: the user's own would put another password in its place. */
    private Process start(Path optionFile, Path noLoginPaths, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--defaults-file=" + optionFile));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("MYSQL_TEST_LOGIN_FILE", noLoginPaths.toString());
        Interrupts.ignore();
        return builder.start();
    }

    private static int await(Process client) {
        AtExit atExit = AtExit.run("mysql-client", client::destroy);
        try {
            return client.waitFor();
        } catch (InterruptedException e) {
            client.destroy();
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
        } finally {
            atExit.close();
        }
    }
}
