package dev.cotton.executor.app;

import dev.cotton.executor.mesos.MesosEnvironment;

/**
 * The executor of one Mesos task, which is told all it needs by its agent: in the environment, and then by the task. It
 * ends with the task, and mysqld with it.
 */
public final class MesosExecutorApp {
    private static final int UNUSABLE = 78;

    private MesosExecutorApp() {}

    /** @param arguments none; or {@code --version}, to say that and nothing else */
    public static void main(String... arguments) throws InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            System.out.println("Cotton's executor " + ExecutorApp.version());
            return;
        }
        if (arguments.length > 0) {
            end("Usage: cotton-executor [--version]");
        }
        try {
            MesosEnvironment environment = MesosEnvironment.of(System.getenv());
            ExecutorApp.configureLibraries(environment.sandbox().resolve(MesosSandbox.LOG));
            System.exit(run(environment));
        } catch (IllegalArgumentException unusable) {
            end(String.valueOf(unusable.getMessage()));
        }
    }

    private static int run(MesosEnvironment environment) throws InterruptedException {
        MesosExecutor executor =
                new MesosExecutor(environment, new MesosSandbox(environment.sandbox(), System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(executor), "end"));
        return executor.run();
    }

    private static void endInOrder(MesosExecutor executor) {
        executor.shutdown();
        try {
            executor.awaitEnd();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(String sentence) {
        System.err.println(sentence);
        System.exit(UNUSABLE);
    }
}
