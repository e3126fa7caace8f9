package dev.cotton.scheduler.engine.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user that executors and mysqld run as: somebody unprivileged when this process is root's, else this process's own
 * user.
 *
 * @param other whether it is another user than this process's
 */
public record Account(String name, int uid, int gid, boolean other) {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /**
     * Finds, or as root makes, the account.
     *
     * @throws IOException with a sentence when there is none and it cannot be made
     */
    public static Account of(String unprivileged) throws IOException {
        int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        int gid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
        if (uid != 0) {
            return new Account(System.getProperty("user.name", "uid " + uid), uid, gid, false);
        }
        Optional<Account> found = find(unprivileged);
        return found.isPresent() ? found.get() : make(unprivileged);
    }

    private static Optional<Account> find(String name) throws IOException {
        Command.Outcome uid = Command.run(LIMIT, List.of("id", "-u", name));
        Command.Outcome gid = Command.run(LIMIT, List.of("id", "-g", name));
        if (!uid.succeeded() || !gid.succeeded()) {
            return Optional.empty();
        }
        Account found = new Account(name, Integer.parseInt(uid.output()), Integer.parseInt(gid.output()), true);
        if (found.uid == 0) {
            throw new IOException("The user '" + name + "' is root by another name: mysqld never runs as root.");
        }
        return Optional.of(found);
    }

    private static Account make(String name) throws IOException {
        Command.Outcome made = Command.run(
                LIMIT,
                List.of(
                        "useradd",
                        "--system",
                        "--user-group",
                        "--no-create-home",
                        "--home-dir=/nonexistent",
                        "--shell=/usr/sbin/nologin",
                        "--comment=Cotton databases",
                        name));
        return find(name)
                .orElseThrow(() -> new IOException("The unprivileged user '" + name
                        + "' that databases run as is missing and could not be made (" + made.output()
                        + "). Make a system user of that name, then start again."));
    }

    /** {@code command} as this user, without a way back to more rights. */
    public List<String> command(List<String> command) {
        if (!other) {
            return command;
        }
        List<String> whole = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + gid,
                "--init-groups",
                "--inh-caps=-all",
                "--no-new-privs",
                "--"));
        whole.addAll(command);
        return whole;
    }

    /**
     * Runs a POSIX shell script as this user.
     *
     * @param arguments {@code $1} and so on
     * @throws IOException with what it said, when it fails or takes longer than {@code limit} and was killed
     */
    public void run(Duration limit, String script, String input, List<String> arguments) throws IOException {
        List<String> shell = new ArrayList<>(List.of("/bin/sh", "-euc", script, "cotton"));
        shell.addAll(arguments);
        Command.Outcome outcome = Command.run(limit, command(shell), input);
        if (!outcome.succeeded()) {
            throw new IOException(outcome.output().isBlank() ? "exit code " + outcome.code() : outcome.output());
        }
    }
}
