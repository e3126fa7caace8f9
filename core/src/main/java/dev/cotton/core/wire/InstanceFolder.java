package dev.cotton.core.wire;

/**
 * What engine and executor have agreed on about {@link ExecutorConfig#folder}. All in it belongs to the user that the
 * executor runs as; the rest of its layout is the executor's own.
 */
public final class InstanceFolder {
    /**
     * An environment variable that the engine starts an executor with, and that every process which the executor starts
     * inherits; its value is the instance's folder. The engine kills all that have it when the instance is released, so
     * that nothing is forgotten whose file was not written yet.
     */
    public static final String MARK = "COTTON_INSTANCE_FOLDER";

    /**
     * A folder with one {@link ProcessFile} for every process of the instance that may outlive the one that started
     * it, named {@code <what>.json}. The engine writes {@link #EXECUTOR_PROCESS} when it starts the executor, and kills
     * all that are named there when the instance is released. A file whose process has ended does no harm.
     */
    public static final String PROCESSES = "processes";

    /** The executor itself, in {@link #PROCESSES}. */
    public static final String EXECUTOR_PROCESS = "executor.json";

    /** mysqld's parent, in {@link #PROCESSES}. */
    public static final String KEEPER_PROCESS = "keeper.json";

    /** mysqld, in {@link #PROCESSES}. */
    public static final String MYSQLD_PROCESS = "mysqld.json";

    /**
     * The folder that is made whole elsewhere and renamed into place by the executor when there are data, and never
     * taken away by it. Once it was there, its absence means that the data are lost.
     */
    public static final String DATA = "data";

    /**
     * What is written to an executor's standard output and standard error; appended to by the engine's launch. What the
     * executor logs itself goes elsewhere.
     */
    public static final String EXECUTOR_OUTPUT = "executor.out";

    private InstanceFolder() {}
}
