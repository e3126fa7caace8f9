package dev.cotton.cli.mysql;

import dev.cotton.core.model.Endpoint;
import java.nio.file.Path;

/**
 * What the client has to know to log in.
 *
 * @param authority the certificate that the server is verified with
 */
public record OptionFile(Endpoint server, String user, String password, Path authority) {
    /** As a MySQL option file. */
    public String text() {
        return """
                [client]
                protocol = TCP
                host = "%s"
                port = %d
                user = "%s"
                password = "%s"
                ssl-mode = VERIFY_IDENTITY
                ssl-ca = "%s"
                """.formatted(
                escaped(server.host()), server.port(), escaped(user), escaped(password), escaped(authority.toString()));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "OptionFile[" + user + "@" + server + "]";
    }
}
