package dev.cotton.executor.server;

import java.nio.file.Path;
import java.util.List;

/** A process that starts mysqld as an executor does, and then waits to be killed. Arguments: program, folder. */
final class StartsAndWaits {
    private StartsAndWaits() {}

    public static void main(String[] arguments) throws InterruptedException {
        RecordingListener listener = new RecordingListener();
        try (Mysqld mysqld = new Mysqld(Path.of(arguments[0]), new DataFolder(Path.of(arguments[1])), listener)) {
            System.out.println("starting");
            mysqld.start(List.of());
            System.out.println("started");
            listener.next();
        }
    }
}
