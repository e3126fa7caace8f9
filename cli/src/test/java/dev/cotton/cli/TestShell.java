package dev.cotton.cli;

import dev.cotton.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A shell whose streams are in memory. Used by one test. */
public final class TestShell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private Terminal.Features features = Terminal.Features.NONE;
    private String typed = "";

    public TestShell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public TestShell with(Terminal.Features present) {
        features = present;
        return this;
    }

    /** What the person at the terminal will type. */
    public TestShell typing(String text) {
        typed = text;
        return this;
    }

    public Shell shell() {
        Terminal terminal = new Terminal(new BufferedReader(new StringReader(typed)), out, err, features);
        return new Shell(terminal, environment, InstantSource.system());
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What {@link #out} is in UTF-8. */
    public byte[] outBytes() {
        return out.toByteArray();
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
