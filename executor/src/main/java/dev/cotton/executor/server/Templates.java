package dev.cotton.executor.server;

import dev.cotton.core.model.Incarnation;
import java.nio.file.Path;

/**
 * Makes data directories quickly: mysqld initialises one per version, the template, and every further one is a copy.
 *
 * <p>In a template, and so in a fresh copy, no account can log in: give mysqld an {@code --init-file} that makes some.
 * It holds no server UUID, key or binary log. Safe for several processes of one user at once, and against being killed at any point.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Templates {
    private final Path folder;
    private final Path mysqld;

    /**
     * @param folder the machine's shared folder for templates, absolute; made when it is missing
     * @param mysqld the program
     */
    public Templates(Path folder, Path mysqld) {
        this.folder = folder;
        this.mysqld = mysqld;
    }

    /**
     * Gives an instance its first data, durably: the whole of {@link DataFolder#data}, or nothing when this fails. What
     * a killed attempt left behind is removed first.
     *
     * @return the name of the new data
     * @throws ServerException when the instance already has data, or mysqld cannot initialise
     */
    public Incarnation fill(DataFolder instance) throws InterruptedException {
        throw new UnsupportedOperationException(folder + " " + mysqld);
    }
}
