package dev.cotton.testing.mesos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The folders of an agent: sandboxes, and the persistent volumes linked into them. */
final class Sandbox {
    private Sandbox() {}

    /** Makes the folder of a run, with its {@code latest} link. */
    static void make(Path sandbox) throws IOException {
        Files.createDirectories(Objects.requireNonNull(sandbox.getParent()));
        Files.createDirectory(
                sandbox, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        Files.createFile(sandbox.resolve("stdout"));
        Files.createFile(sandbox.resolve("stderr"));
        Path latest = sandbox.resolveSibling("latest");
        Files.deleteIfExists(latest);
        Files.createSymbolicLink(latest, sandbox);
    }

    /** Gives everything in the sandbox to {@code user}. */
    static void giveTo(Path sandbox, String user) throws IOException {
        UserPrincipal owner =
                sandbox.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        if (owner.equals(Files.getOwner(sandbox))) {
            return;
        }
        try (Stream<Path> all = Files.walk(sandbox)) {
            for (Path each : all.filter(one -> !Files.isSymbolicLink(one)).toList()) {
                Files.setOwner(each, owner);
            }
        }
    }

    static boolean isUser(String name) {
        try {
            Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Where a volume's data is. */
    static Path volume(Path workFolder, Resource volume) {
        return volume.mountedAt()
                .orElseGet(() -> workFolder
                        .resolve("volumes")
                        .resolve("roles")
                        .resolve(volume.reservedRole())
                        .resolve(volume.volumeId()));
    }

    /** Links the volumes among {@code resources} into the sandbox, and gives them to {@code user}. */
    static void link(Path workFolder, Path sandbox, JsonNode resources, String user) throws IOException {
        for (Resource each : Resources.readEach(resources, "")) {
            if (!each.isVolume()) {
                continue;
            }
            Path data = volume(workFolder, each);
            String inside = each.disk()
                    .orElseThrow()
                    .path("volume")
                    .path("container_path")
                    .asString("");
            Path link = sandbox.resolve(inside);
            Files.createDirectories(Objects.requireNonNull(link.getParent()));
            giveTo(data, user);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, data);
            }
        }
    }

    /** Makes the folders of volumes that are new, and removes those of volumes that are no more. */
    static void keepVolumes(Path workFolder, Resources before, Resources after) {
        List<Path> mounts =
                before.all().stream().flatMap(each -> each.mountedAt().stream()).toList();
        List<Path> had = volumes(workFolder, before);
        List<Path> has = volumes(workFolder, after);
        try {
            for (Path each : has) {
                Files.createDirectories(each);
            }
            for (Path each : had) {
                if (!has.contains(each)) {
                    remove(each, mounts.contains(each));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change the volumes in " + workFolder, e);
        }
    }

    private static List<Path> volumes(Path workFolder, Resources resources) {
        return resources.all().stream()
                .filter(Resource::isVolume)
                .map(each -> volume(workFolder, each))
                .toList();
    }

    private static void remove(Path folder, boolean onlyContents) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(one -> !(onlyContents && one.equals(folder)))
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(each);
            }
        }
    }
}
