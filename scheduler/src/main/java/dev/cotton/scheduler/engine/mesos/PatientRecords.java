package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.engine.EngineRecords;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records whose store may be away for a while: a write whose outcome is not known is made again until it is known, since
 * nothing may follow from it before. It ends with the leadership at the latest, by {@link DeposedException} or by an
 * interrupt. Thread-safe.
 */
final class PatientRecords<R> implements EngineRecords<R> {
    private static final Logger LOG = LoggerFactory.getLogger(PatientRecords.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final EngineRecords<R> records;

    PatientRecords(EngineRecords<R> records) {
        this.records = records;
    }

    @Override
    public List<R> load() {
        return records.load();
    }

    @Override
    public void save(R record) {
        write(() -> records.save(record));
    }

    @Override
    public void remove(String name) {
        write(() -> records.remove(name));
    }

    private static void write(Runnable write) {
        boolean said = false;
        while (true) {
            try {
                write.run();
                return;
            } catch (DeposedException deposed) {
                throw deposed;
            } catch (StateException failed) {
                if (!said) {
                    LOG.warn("A record is written again until it is stored: {}", failed.getMessage());
                    said = true;
                }
                pause(failed);
            }
        }
    }

    private static void pause(StateException failed) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw failed;
        }
    }
}
