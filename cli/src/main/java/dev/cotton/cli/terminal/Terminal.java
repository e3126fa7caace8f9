package dev.cotton.cli.terminal;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Standard input, output and error of a command, in UTF-8. Results go to {@link #out}, everything else to {@link #err}.
 * Thread-safe.
 */
public final class Terminal {
    private final OutputStream bytes;
    private final PrintWriter out;
    private final PrintWriter err;
    private final BufferedReader in;
    private final Features features;

    /**
     * Which streams are a terminal, that is, a person.
     *
     * @param colour whether the person likes colours
     */
    public record Features(boolean in, boolean out, boolean err, boolean colour) {
        /** Nobody looks. */
        public static final Features NONE = new Features(false, false, false, false);
    }

    public Terminal(BufferedReader in, OutputStream out, OutputStream err, Features features) {
        this.in = in;
        this.bytes = out;
        this.out = writer(out);
        this.err = writer(err);
        this.features = features;
    }

    /** The streams of this process. */
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
        return new Terminal(
                new BufferedReader(
                        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new Features(isTerminal(0), isTerminal(1), isTerminal(2), colour));
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException closedOrNotLinux) {
            return false;
        }
    }

    public Features features() {
        return features;
    }

    /** For {@link #out}. */
    public Paint paint() {
        return new Paint(features.out && features.colour);
    }

    /** For {@link #err}. */
    public Paint errorPaint() {
        return new Paint(features.err && features.colour);
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    /** Writes a result and a newline. */
    public void println(String text) {
        out.println(text);
        out.flush();
    }

    /** Writes a result as it is. */
    public void print(String text) {
        out.print(text);
        out.flush();
    }

    /**
     * Writes a result that may be no text.
     *
     * @return whether anybody still reads
     */
    public boolean write(byte[] result) {
        out.flush();
        try {
            bytes.write(result);
            bytes.flush();
            return true;
        } catch (IOException readerIsGone) {
            return false;
        }
    }

    /** Writes a remark. */
    public void remark(String text) {
        err.println(text);
        err.flush();
    }

    /** Whether a question would reach a person. */
    public boolean canAsk() {
        return features.in && features.err;
    }

    /** Asks on standard error and returns the answer, stripped; empty at the end of input. */
    public Optional<String> ask(String question) {
        err.print(question);
        err.flush();
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether writing failed, for instance because the reader of a pipe has gone. */
    public boolean outIsGone() {
        return out.checkError();
    }
}
