package dev.cotton.core.storage;

import dev.cotton.core.port.BackupStore.Found;
import dev.cotton.core.port.BackupStore.Page;
import dev.cotton.core.port.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One page of the objects in a tree of folders, in the order of their keys. A folder stands where its name with a
 * {@code /} behind it would. What has no key's name is passed over. Holds the entries of one folder of each level.
 */
public final class FolderWalk {
    private final Folders folders;
    private final String prefix;
    private final String after;
    private final int limit;
    private final List<Found> found = new ArrayList<>();

    /** The tree. */
    @FunctionalInterface
    public interface Folders {
        /** What is in the folder of that path, which is empty for the root, else ends with {@code /}; nothing if it is not there. */
        List<Entry> entries(String folder);
    }

    /**
     * An entry of a folder.
     *
     * @param name without a path
     * @param folder whether it is one; then length and time do not matter
     */
    public record Entry(String name, boolean folder, long length, Instant written) {
        private String place() {
            return folder ? name + "/" : name;
        }
    }

    private FolderWalk(Folders folders, String prefix, String after, int limit) {
        this.folders = folders;
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
    }

    /** See {@link dev.cotton.core.port.BackupStore#page}. */
    public static Page page(Folders folders, String prefix, Optional<ObjectKey> after, int limit) {
        Bounds.checkPage(prefix, limit);
        FolderWalk walk =
                new FolderWalk(folders, prefix, after.map(ObjectKey::value).orElse(""), limit);
        walk.visit(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        boolean more = walk.found.size() > limit;
        return new Page(more ? walk.found.subList(0, limit) : walk.found, more);
    }

    private void visit(String folder) {
        List<Entry> entries = new ArrayList<>(folders.entries(folder));
        entries.sort(Comparator.comparing(Entry::place));
        for (Entry entry : entries) {
            if (found.size() > limit) {
                return;
            }
            String path = folder + entry.place();
            if (entry.folder() && mayHold(path)) {
                visit(path);
            } else if (!entry.folder() && isWanted(path)) {
                found.add(new Found(new ObjectKey(path), entry.length(), entry.written()));
            }
        }
    }

    private boolean mayHold(String folder) {
        return ObjectKey.isPrefix(folder)
                && (folder.startsWith(prefix) || prefix.startsWith(folder))
                && (folder.compareTo(after) > 0 || after.startsWith(folder));
    }

    private boolean isWanted(String path) {
        return ObjectKey.isKey(path) && path.startsWith(prefix) && path.compareTo(after) > 0;
    }
}
