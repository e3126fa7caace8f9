package dev.cotton.executor.role;

import dev.cotton.core.model.Incarnation;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Setup;
import dev.cotton.executor.server.BootDoubt;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.StateFile;
import dev.cotton.executor.server.Templates;
import java.util.Optional;

/** Gives an instance its first data. What is there in full is kept, whatever comes later. For the reconciler's thread. */
final class Preparation {
    private final DataFolder folder;
    private final Templates templates;
    private final CloneSteps clone;
    private final RestoreSteps restore;
    private final StatusBoard board;
    private final CopyAttempts copies;
    private final StateFile<Prepared> file;

    /** @param incarnation of the data that are there in full */
    record Prepared(Incarnation incarnation) {}

    Preparation(DataFolder folder, Templates templates, CloneSteps clone, RestoreSteps restore, StatusBoard board) {
        this.folder = folder;
        this.templates = templates;
        this.clone = clone;
        this.restore = restore;
        this.board = board;
        this.copies = new CopyAttempts(board);
        this.file = new StateFile<>(folder.state().resolve("prepared.json"), Prepared.class);
    }

    /** Whether all data are there. */
    boolean done() {
        Optional<Incarnation> present = folder.incarnation();
        return present.isPresent() && file.read().map(Prepared::incarnation).equals(present);
    }

    /** The name of the data, when all of them are there. */
    Optional<Incarnation> present() {
        return done() ? folder.incarnation() : Optional.empty();
    }

    /** Shows on the board which data there are, and whether their relay log can be relied on. */
    void show() {
        boolean sure = done() && new BootDoubt(folder).sure();
        Optional<Incarnation> shown = present();
        board.update(picture -> picture.withData(shown, sure));
    }

    /**
     * Makes the data, unless they are there.
     *
     * @throws Obstacle when that fails for now
     */
    void prepare(Setup setup) throws InterruptedException {
        if (done()) {
            return;
        }
        switch (setup.source()) {
            case Setup.Template() -> {
                board.update(picture -> picture.withLifecycle(Lifecycle.PREPARING, "Making an empty data directory."));
                fill();
            }
            case Setup.Kept() ->
                throw new Obstacle("There are no data any more; the scheduler has to say where to take them from.");
            case Setup.Clone source -> {
                fill();
                copies.attempt(source, "the data of " + source.donor(), () -> clone.copy(setup, source));
            }
            case Setup.Backup source ->
                copies.attempt(source, "the backup " + source.place(), () -> restore.restore(setup, source));
        }
        // Nothing was received yet, so no crash of the host can have taken anything from the relay log.
        new BootDoubt(folder).trust(BootDoubt.hostBootId());
        file.write(new Prepared(folder.incarnation().orElseThrow()));
        show();
        board.update(picture -> picture.withLifecycle(Lifecycle.STARTING, "mysqld is starting."));
    }

    private void fill() throws InterruptedException {
        if (!folder.hasData()) {
            templates.fill(folder);
        }
    }
}
