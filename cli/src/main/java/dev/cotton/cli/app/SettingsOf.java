package dev.cotton.cli.app;

import dev.cotton.cli.Version;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.options.PortSpan;
import dev.cotton.cli.up.SchedulerOptions;
import dev.cotton.scheduler.app.EngineSettings;
import dev.cotton.scheduler.app.SchedulerSettings;
import dev.cotton.scheduler.engine.local.LocalEngineSettings;
import dev.cotton.scheduler.engine.local.placement.PortRange;
import dev.cotton.scheduler.rest.RestSettings;
import dev.cotton.scheduler.rest.RestSettings.Access;
import dev.cotton.scheduler.rest.RestSettings.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the options of a command line mean for a scheduler. Every method throws IllegalArgumentException with a sentence. */
record SettingsOf(DataFolder folder, SchedulerOptions options) {
    /** The system property in which the launcher says where the executor's package is. */
    private static final String EXECUTOR_PACKAGE = "cotton.executor.package";

    private static final int ANY_PORT = 0;

    SchedulerSettings with(String zkUrl) {
        return new SchedulerSettings(
                zkUrl,
                options.schedulerKeypath()
                        .map(Path::toAbsolutePath)
                        .orElse(folder.path().resolve("scheduler.key")),
                options.schedulerKeypath().isEmpty() || options.zkUrl().isEmpty(),
                options.binRetention(),
                backups().settings(options.mesos().isPresent()),
                rest(),
                engine(),
                Version.current());
    }

    private BackupSettingsOf backups() {
        return new BackupSettingsOf(folder, options.backups(), options.place().frameworkUser());
    }

    /** Finds what is wrong before anything is started, and makes what a scheduler needs. */
    void prepare() {
        if (backups().settings(options.mesos().isPresent()).isPresent()) {
            backups().prepare();
        }
        rest();
        engine();
        options.zkUrl().ifPresent(url -> zkUrl());
    }

    /** The one that was given; or the one in the file that was given, which keeps a password out of the command line. */
    String zkUrl() {
        return zkUrl(options.zkUrl().orElseThrow());
    }

    /** As {@link #zkUrl()}. */
    static String zkUrl(URI url) {
        if (!"file".equals(url.getScheme())) {
            return url.toString();
        }
        try {
            return Files.readString(Path.of(url)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("--zk-url: " + url + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private RestSettings rest() {
        return new RestSettings(
                options.apiAddress(),
                options.port().orElseGet(this::usualPort),
                options.apiPublicHost(),
                new Access(options.apiTokenFile().map(Path::toAbsolutePath), tls(), options.insecure()),
                Optional.of(folder.logs().resolve("audit.log")));
    }

    private Optional<TlsFiles> tls() {
        if (options.apiTlsCertificate().isPresent() != options.apiTlsKey().isPresent()) {
            throw new IllegalArgumentException(
                    "--api-tls-certificate and --api-tls-key are given together or not at all.");
        }
        return options.apiTlsCertificate()
                .map(certificate -> new TlsFiles(
                        certificate.toAbsolutePath(),
                        options.apiTlsKey().orElseThrow().toAbsolutePath(),
                        options.apiTlsAuthority().map(Path::toAbsolutePath)));
    }

    private int usualPort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(options.apiAddress(), SchedulerOptions.ORDINARY_PORT));
            return SchedulerOptions.ORDINARY_PORT;
        } catch (IOException taken) {
            return ANY_PORT;
        }
    }

    private EngineSettings engine() {
        return options.mesos().isPresent()
                ? new FleetSettings(options, options.mesos().get()).engine()
                : new EngineSettings.Local(thisMachine());
    }

    private LocalEngineSettings thisMachine() {
        PortSpan ports = options.place().instancePorts();
        return new LocalEngineSettings(
                folder.path(),
                options.hosts().map(HostsFile::read).orElse(List.of()),
                new PortRange(ports.first(), ports.last()),
                Path.of(
                        Optional.ofNullable(System.getProperty(EXECUTOR_PACKAGE))
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "This needs to be started by the script 'cotton', which knows where the executor is."))),
                Path.of(System.getProperty("java.home")),
                options.place().frameworkUser());
    }
}
