package dev.cotton.executor.sql;

import dev.cotton.core.model.Member;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cotton's own MySQL accounts, which every instance of a cluster has with the same passwords: HMAC-SHA-256 of the
 * account's name under the cluster's root secret. All hold {@code SYSTEM_USER}, so that users of the cluster can
 * neither alter nor kill them. Thread-safe.
 */
public final class OwnAccounts {
    /** The executor's, from this host only. */
    public static final String ADMIN = "cotton_admin";

    /** Used by a new member to copy this one's data. */
    public static final String CLONE = "cotton_clone";

    private static final String REPLICATION_PREFIX = "cotton_repl_";

    /** MySQL takes no longer {@code SOURCE_PASSWORD}. */
    private static final int LONGEST_PASSWORD = 32;

    private static final int LEAST_SECRET_BYTES = 16;

    /**
     * SUPER adds nothing that the others do not give, but is asked for before them and without the lock on the cache of
     * accounts. An account statement that waits for its acknowledgement holds that lock, and only a {@code SET GLOBAL}
     * ends its waiting.
     */
    private static final String ADMIN_PRIVILEGES = ClusterUser.PRIVILEGES
            + ", SUPER, RELOAD, REPLICATION SLAVE, SYSTEM_USER, SERVICE_CONNECTION_ADMIN, CONNECTION_ADMIN,"
            + " SYSTEM_VARIABLES_ADMIN, SESSION_VARIABLES_ADMIN, REPLICATION_SLAVE_ADMIN, CLONE_ADMIN, BACKUP_ADMIN,"
            + " BINLOG_ADMIN";

    private final byte[] root;

    /** @param root 32 random bytes, base64: the cluster's secret */
    public OwnAccounts(String root) {
        this.root = Base64.getDecoder().decode(root);
    }

    /** @throws IllegalArgumentException when {@code root} is no secret that passwords can be derived from */
    public static void check(String root) {
        boolean secret;
        try {
            secret = Base64.getDecoder().decode(root).length >= LEAST_SECRET_BYTES;
        } catch (IllegalArgumentException notBase64) {
            secret = false;
        }
        if (!secret) {
            throw new IllegalArgumentException(
                    "accounts.root: at least " + LEAST_SECRET_BYTES + " random bytes in base64.");
        }
    }

    /** The replication account of the member in {@code slot}. */
    public static String replication(int slot) {
        return REPLICATION_PREFIX + slot;
    }

    /** Whose slot a replication account is; empty when it is none. */
    public static Optional<Integer> slot(String account) {
        return IntStream.range(0, Member.SLOTS)
                .boxed()
                .filter(slot -> replication(slot).equals(account))
                .findFirst();
    }

    /** Whether {@code account} is one of Cotton's. */
    public static boolean isOne(String account) {
        return account.equals(ADMIN) || account.equals(CLONE) || slot(account).isPresent();
    }

    /** Every replication account. */
    public static List<String> replication() {
        return IntStream.range(0, Member.SLOTS)
                .mapToObj(OwnAccounts::replication)
                .toList();
    }

    /** The password of one of these accounts. */
    public String password(String account) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(root, "HmacSHA256"));
            byte[] derived = mac.doFinal(account.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(derived).substring(0, LONGEST_PASSWORD);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no HMAC-SHA-256.", missing);
        }
    }

    /**
     * Statements for mysqld's init file, one a line: the accounts are there with their passwords before mysqld listens,
     * nothing goes to the binary log, and locks that exist stay as they are. The account that comes with an empty data
     * directory goes: nobody needs it.
     *
     * <p>An account is made without its password, which it gets in the next statement like one that was there before:
     * each password that is set costs MySQL milliseconds.
     */
    public String initFile() {
        List<String> accounts = replication();
        return String.join(
                ";\n",
                "SET sql_log_bin=0",
                "CREATE USER IF NOT EXISTS '" + ADMIN + "'@'127.0.0.1' ACCOUNT LOCK",
                "ALTER USER '" + ADMIN + "'@'127.0.0.1' IDENTIFIED BY '" + password(ADMIN)
                        + "' REQUIRE SSL ACCOUNT UNLOCK",
                "GRANT " + ADMIN_PRIVILEGES + " ON *.* TO '" + ADMIN + "'@'127.0.0.1' WITH GRANT OPTION",
                "CREATE USER IF NOT EXISTS " + listed(accounts, OwnAccounts::anywhere) + " REQUIRE SSL ACCOUNT LOCK",
                "ALTER USER " + listed(accounts, this::identified),
                "GRANT REPLICATION SLAVE, SYSTEM_USER ON *.* TO " + listed(accounts, OwnAccounts::anywhere),
                "CREATE USER IF NOT EXISTS " + anywhere(CLONE) + " ACCOUNT LOCK",
                "ALTER USER " + identified(CLONE) + " REQUIRE SSL ACCOUNT UNLOCK",
                "GRANT BACKUP_ADMIN, SYSTEM_USER ON *.* TO " + anywhere(CLONE),
                "DROP USER IF EXISTS 'root'@'localhost'",
                "");
    }

    private static String listed(List<String> accounts, UnaryOperator<String> each) {
        return accounts.stream().map(each).collect(Collectors.joining(", "));
    }

    private static String anywhere(String account) {
        return "'" + account + "'@'%'";
    }

    private String identified(String account) {
        return anywhere(account) + " IDENTIFIED BY '" + password(account) + "'";
    }
}
