package dev.cotton.scheduler.engine.local;

import dev.cotton.scheduler.engine.local.system.Account;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of the executor's jars where the user that runs them can read them, kept under the hash of its content: what
 * runs from it is never changed under its feet.
 *
 * @param folder with {@code lib/*.jar}, and possibly {@code stores/<scheme>/*.jar}, {@code jvm.flags} and
 *     {@code executor.aot}, an archive of loaded classes that makes the start quicker; a JVM that it does not fit goes
 *     without
 * @param java the program that runs it
 */
record ExecutorPackage(Path folder, Path java) {
    /** What the name of every copy begins with. */
    static final String PREFIX = "executor-";

    private static final String MAIN_CLASS = "dev.cotton.executor.app.ExecutorApp";
    private static final String FLAGS_FILE = "jvm.flags";
    private static final String CLASSES_FILE = "executor.aot";
    private static final String STORES_FOLDER = "stores";
    private static final int HASH_DIGITS = 16;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /**
     * Small heap, one collector thread, no code cache to speak of: an executor waits most of the time. More carriers than
     * processors: a thread that waits for a disk keeps its own.
     */
    private static final List<String> ORDINARY_FLAGS = List.of(
            "-Xms8m",
            "-Xmx40m",
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=16m",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djdk.virtualThreadScheduler.parallelism=16",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Xlog:aot*=off:stderr",
            "--enable-native-access=ALL-UNNAMED");

    /**
     * Copies {@code source} into {@code packages}, unless that content is there already. Safe against others that do the
     * same at the same time, and against being killed.
     *
     * @throws EngineException when the package is not whole, or {@code account} cannot run it
     */
    static ExecutorPackage install(Path source, Path packages, Path javaHome, Account account) {
        try {
            List<Path> files = files(source);
            Path target = packages.resolve(PREFIX + hash(source, files));
            if (!Files.isDirectory(target)) {
                copy(source, files, target);
            }
            ExecutorPackage installed = new ExecutorPackage(target, javaHome.resolve("bin/java"));
            installed.checkRunnable(account);
            return installed;
        } catch (IOException failed) {
            throw new EngineException(
                    "The executor's package " + source + " cannot be used: " + failed.getMessage(), failed);
        }
    }

    private static List<Path> files(Path source) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> jars = Files.list(source.resolve("lib"))) {
            jars.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(files::add);
        }
        if (files.isEmpty()) {
            throw new IOException("there is no jar in " + source.resolve("lib"));
        }
        for (String name : List.of(FLAGS_FILE, CLASSES_FILE)) {
            if (Files.exists(source.resolve(name))) {
                files.add(source.resolve(name));
            }
        }
        files.addAll(storeJars(source.resolve(STORES_FOLDER)));
        return files;
    }

    private static List<Path> storeJars(Path stores) throws IOException {
        if (!Files.isDirectory(stores)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(stores, 2, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static String hash(Path source, List<Path> files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                digest.update(
                        (source.relativize(file) + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
                if (isRead(source.relativize(file))) {
                    try (InputStream content = Files.newInputStream(file)) {
                        content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Reading 60 MB of other people's libraries at every start is too long; they have their version in their names. */
    private static boolean isRead(Path file) {
        return !file.startsWith(STORES_FOLDER) || file.getFileName().toString().startsWith("cotton-");
    }

    private static void copy(Path source, List<Path> files, Path target) throws IOException {
        Path draft = Files.createTempDirectory(target.getParent(), ".new-");
        try {
            for (Path file : files) {
                Path copied = draft.resolve(source.relativize(file));
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied);
                Files.setPosixFilePermissions(copied, PosixFilePermissions.fromString("rw-r--r--"));
            }
            openFolders(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException somebodyElseWasFaster) {
            discard(draft);
        } catch (IOException failed) {
            discard(draft);
            throw failed;
        }
    }

    private static void openFolders(Path draft) throws IOException {
        try (Stream<Path> all = Files.walk(draft)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static void discard(Path draft) throws IOException {
        try (Stream<Path> all = Files.walk(draft)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void checkRunnable(Account account) throws IOException {
        try {
            account.run(
                    LIMIT,
                    "test -x \"$1\" && test -r \"$2\" && cd -- \"$3\"",
                    "",
                    List.of(java.toString(), jars().getFirst(), folder.toString()));
        } catch (IOException refused) {
            throw new IOException(
                    "the user '" + account.name() + "' that executors run as cannot run " + java + " with " + folder
                            + "; install Java and keep the data where everybody can read them",
                    refused);
        }
    }

    private List<String> jars() throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            return jars.map(Path::toString).sorted().collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /** The command that runs an executor. */
    List<String> command(Path config) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(flags());
        Path classes = folder.resolve(CLASSES_FILE);
        if (Files.exists(classes)) {
            command.add("-XX:AOTCache=" + classes);
        }
        command.addAll(List.of("-cp", String.join(":", jars()), MAIN_CLASS, config.toString()));
        return command;
    }

    private List<String> flags() throws IOException {
        Path file = folder.resolve(FLAGS_FILE);
        if (!Files.exists(file)) {
            return ORDINARY_FLAGS;
        }
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
