package dev.cotton.executor.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A folder of plain files and folders as a tar stream, with names relative to it. Owners, modes and times do not matter:
 * what is unpacked belongs to the user of this process alone.
 */
record FolderTar(Path folder) {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = attribute("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");
    private static final int PIECE = 64 * 1024;

    private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /**
     * Packs it; {@code out} stays open.
     *
     * @throws IOException also when a file changes its size meanwhile, or there is something else than files and folders
     */
    void pack(OutputStream out, Pace pace) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                if (!visited.equals(folder)) {
                    tar.putArchiveEntry(entry(folder.relativize(visited) + "/", 0));
                    tar.closeArchiveEntry();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    throw new IOException("There is " + file.getFileName() + ", which is no plain file");
                }
                tar.putArchiveEntry(entry(folder.relativize(file).toString(), attributes.size()));
                try (InputStream in = Files.newInputStream(file)) {
                    copy(in, tar, pace);
                }
                tar.closeArchiveEntry();
                return FileVisitResult.CONTINUE;
            }
        });
        tar.finish();
        tar.flush();
    }

    private static TarArchiveEntry entry(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        return entry;
    }

    private static void copy(InputStream in, OutputStream out, Pace pace) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            out.write(piece, 0, count);
            pace.passed(count);
        }
    }

    /**
     * Unpacks what {@link #pack} made into this folder, which is made. {@code in} is read to the end of the archive and
     * stays open.
     *
     * @throws IOException also when the archive has anything that is not a new file or folder in this one
     */
    void unpack(InputStream in, Pace pace) throws IOException {
        Files.createDirectory(folder, FOLDER);
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = inside(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectory(target, FOLDER);
                continue;
            }
            // safety: a link could lead what is written after it out of the folder.
            if (entry.getLinkFlag() != TarConstants.LF_NORMAL || entry.isSparse()) {
                throw new IOException("'" + printable(entry.getName()) + "' in the archive is no plain file");
            }
            Files.createFile(target, FILE);
            try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
                copy(tar, out, pace);
            }
        }
    }

    private Path inside(String name) throws IOException {
        try {
            Path target = folder.resolve(name);
            boolean plain = !name.startsWith("/") && target.equals(target.normalize());
            if (plain && target.startsWith(folder) && !target.equals(folder)) {
                return target;
            }
        } catch (InvalidPathException noName) {
            // Refused below.
        }
        throw new IOException("'" + printable(name) + "' in the archive does not stay in its folder");
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
