package dev.cotton.cli.app;

import dev.cotton.cli.options.MysqlOptions;
import dev.cotton.cli.up.ArtifactOptions;
import dev.cotton.cli.up.MesosOptions;
import dev.cotton.cli.up.SchedulerOptions;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.scheduler.app.EngineSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings;
import dev.cotton.scheduler.engine.mesos.artifact.Artifact;
import dev.cotton.scheduler.engine.mesos.master.Credentials;
import dev.cotton.scheduler.engine.mesos.master.MasterAddress;
import dev.cotton.scheduler.engine.mesos.offer.Constraint;
import dev.cotton.scheduler.rest.edge.ServerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the options of a command line mean for a fleet. Every method throws IllegalArgumentException with a sentence. */
record FleetSettings(SchedulerOptions options, MesosOptions mesos) {
    /** The system property in which the launcher says where the executor's package for agents is. */
    private static final String EXECUTOR_ARCHIVE = "cotton.executor.archive";

    private static final String STARTS_THE_PACKAGE = "exec ./cotton-executor/bin/cotton-executor";

    EngineSettings.Mesos engine() {
        Optional<Credentials> credentials = mesos.authenticationFile().map(Credentials::read);
        MasterAddress master = MasterAddress.parse(mesos.master());
        return new EngineSettings.Mesos(
                settings(credentials),
                master,
                mesos.tlsAuthority().map(FleetSettings::trusting),
                credentials,
                served(master));
    }

    private EngineSettings.Served served(MasterAddress master) {
        ArtifactOptions wanted = mesos.artifacts();
        ServedAddress where = ServedAddress.of(options, wanted, master);
        Optional<Path> executor = mesos.executorUri().isPresent() ? Optional.empty() : Optional.of(executorArchive());
        return new EngineSettings.Served(
                executor, mysqlArchive(), where.listened(), wanted.port(), where.publicHost(), tls(wanted));
    }

    private static Optional<EngineSettings.ServedTls> tls(ArtifactOptions wanted) {
        if (wanted.tlsCertificate().isPresent() != wanted.tlsKey().isPresent()) {
            throw new IllegalArgumentException(
                    "--artifact-tls-certificate and --artifact-tls-key are given together or not at all.");
        }
        return wanted.tlsCertificate()
                .map(certificate -> new EngineSettings.ServedTls(
                        certificate.toAbsolutePath(),
                        wanted.tlsKey().orElseThrow().toAbsolutePath()));
    }

    private MesosSettings settings(Optional<Credentials> credentials) {
        return new MesosSettings(
                options.place().frameworkUser(),
                mesos.role(),
                credentials.map(Credentials::principal),
                mesos.failoverTimeout(),
                mesos.persistentVolumes(),
                mesos.constraints().stream().map(Constraint::parse).toList(),
                new MesosSettings.ExecutorCommand(
                        mesos.executorUri().stream().toList(),
                        List.of(),
                        mesos.executorCmd().orElse(STARTS_THE_PACKAGE),
                        environment()),
                mysql(),
                mesos.sourcePrefix(),
                webUi(),
                mesos.registerAnew(),
                MesosSettings.Patience.ORDINARY);
    }

    /** Masters show it to people: only where others reach the API, at a port that stays. */
    private Optional<String> webUi() {
        String scheme = options.apiTlsCertificate().isPresent() ? "https" : "http";
        return options.apiPublicHost()
                .or(() -> Optional.of(options.apiAddress()).filter(ServedAddress::reachedByOthers))
                .flatMap(host -> options.port()
                        .map(port -> scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port));
    }

    private static Path executorArchive() {
        return Optional.ofNullable(System.getProperty(EXECUTOR_ARCHIVE))
                .map(Path::of)
                .orElseThrow(() -> new IllegalArgumentException("--executor-uri: give the address of the executor's"
                        + " package, or start this by the script 'cotton', which makes one."));
    }

    /** The tarball of MySQL when it is a file here; an address is fetched by the agents themselves. */
    private Optional<Path> mysqlArchive() {
        return options.mysql().archive().map(Path::of);
    }

    private MesosTask.MysqlSource mysql() {
        MysqlOptions wanted = options.mysql();
        if (wanted.archive().isPresent()) {
            return archive(Path.of(wanted.archive().get()), wanted.archiveSha256());
        }
        if (wanted.sources().contains("debian")) {
            return new MesosTask.Debian();
        }
        return new MesosTask.Host(wanted.home().map(Path::toString));
    }

    private static MesosTask.Archive archive(Path file, Optional<String> sha256) {
        try {
            Artifact artifact = Artifact.of(file);
            if (sha256.filter(wanted -> !wanted.strip().equalsIgnoreCase(artifact.sha256()))
                    .isPresent()) {
                throw new IllegalArgumentException("--mysql-archive-sha256: " + file + " has the SHA-256 "
                        + artifact.sha256() + ", which is another one. Nothing was started.");
            }
            return new MesosTask.Archive(artifact.name(), artifact.sha256());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "--mysql-archive: on Mesos a tarball on this machine, which agents fetch from here; " + file
                            + " cannot be read.",
                    unreadable);
        }
    }

    private Map<String, String> environment() {
        String text = mesos.executorEnviron().orElse("").strip();
        return text.startsWith("[") ? jsonEnvironment(text) : plainEnvironment(text);
    }

    private static Map<String, String> jsonEnvironment(String text) {
        try {
            List<Map<String, String>> variables =
                    JsonMapper.shared().readValue(text, new TypeReference<List<Map<String, String>>>() {});
            Map<String, String> environment = new TreeMap<>();
            variables.forEach(variable -> environment.put(
                    Optional.ofNullable(variable.get("name")).orElseThrow(FleetSettings::malformed),
                    variable.getOrDefault("value", "")));
            return environment;
        } catch (JacksonException malformed) {
            throw malformed();
        }
    }

    private static Map<String, String> plainEnvironment(String text) {
        Map<String, String> environment = new TreeMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",")) {
            int sign = pair.indexOf('=');
            if (sign < 1) {
                throw malformed();
            }
            environment.put(pair.substring(0, sign), pair.substring(sign + 1));
        }
        return environment;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "--executor-environ: NAME=VALUE,... or JSON: [{\"name\": \"...\", \"value\": \"...\"}, ...].");
    }

    private static SSLContext trusting(Path authority) {
        try {
            return ServerTls.client(authority);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException("--mesos-tls-authority: " + unusable.getMessage(), unusable);
        }
    }
}
