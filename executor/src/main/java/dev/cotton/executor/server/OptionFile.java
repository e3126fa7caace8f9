package dev.cotton.executor.server;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import java.util.Map;

/**
 * mysqld's option file. Whatever is in it, mysqld starts read-only and unattached, with semi-sync off on both sides.
 *
 * @param options the user's, as {@link dev.cotton.core.model.MysqlOptions#checked} returned them
 */
@SuppressWarnings("DoNotCallSuggester")
public record OptionFile(Ports ports, Resources resources, Durability durability, Map<String, String> options) {
    public OptionFile {
        options = Map.copyOf(options);
    }

    /**
     * Writes {@link DataFolder#optionFile}, mode 0600, durably. Call it before each start of mysqld and after
     * {@link DataFolder#renew}.
     *
     * @param folder has data: the server id is derived from their incarnation, because a server ignores replicated
     *     transactions that bear its own id
     */
    public void write(DataFolder folder) {
        throw new UnsupportedOperationException(folder.toString());
    }
}
