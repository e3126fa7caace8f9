package dev.cotton.cli.app;

import dev.cotton.cli.machine.Account;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.up.BackupOptions;
import dev.cotton.core.backup.Retention;
import dev.cotton.core.port.StoreLocation;
import dev.cotton.scheduler.backup.BackupSchedule;
import dev.cotton.scheduler.backup.BackupSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** What the options of a command line mean for backups. Throws IllegalArgumentException with a sentence. */
record BackupSettingsOf(DataFolder folder, BackupOptions options, String user) {
    /** @param fleet whether databases run on other machines, which do not see this one's folders */
    Optional<BackupSettings> settings(boolean fleet) {
        if (options.store().filter(BackupOptions.NONE::equals).isPresent()
                || (fleet && options.store().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new BackupSettings(
                options.store().map(BackupSettingsOf::checked).orElseGet(this::usual),
                options.schedule().equals(BackupOptions.NONE)
                        ? Optional.empty()
                        : Optional.of(BackupSchedule.parse(options.schedule(), options.zone())),
                new Retention(options.keep(), options.daily(), options.weekly(), options.monthly()),
                options.throttle(),
                options.archive()));
    }

    private static String checked(String location) {
        StoreLocation.parse(location);
        return location;
    }

    private String usual() {
        return folder.path().resolve("backups").toUri().toString().replaceFirst("/$", "");
    }

    /** Makes the folder that is used when no store is named: executors write there. */
    void prepare() {
        Path backups = folder.path().resolve("backups");
        if (options.store().isPresent() || Files.isDirectory(backups)) {
            return;
        }
        try {
            Files.createDirectories(
                    backups, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (Account.isRoot()) {
                Files.setOwner(
                        backups,
                        backups.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The folder for backups, " + backups + ", cannot be made (" + e.getMessage()
                            + "); --backup-store names another one.",
                    e);
        }
    }
}
