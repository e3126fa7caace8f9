package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.mesos.FrameworkInfo;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a link is made of.
 *
 * @param tls whom it trusts; present: the masters are spoken to by HTTPS and never without
 * @param framework without an id
 */
public record MasterSettings(
        MasterAddress address,
        Optional<SSLContext> tls,
        Optional<Credentials> credentials,
        FrameworkInfo framework,
        Timing timing) {

    public MasterSettings {
        if (framework.id().isPresent()) {
            throw new IllegalArgumentException("A framework's id is given when the link is started.");
        }
        Optional<String> login = credentials.map(Credentials::principal);
        if (login.isPresent() && framework.principal().isPresent() && !login.equals(framework.principal())) {
            throw new IllegalArgumentException("The framework's principal is '"
                    + framework.principal().get() + "', but the authentication file is for '" + login.get()
                    + "'. Mesos accepts only the same one.");
        }
    }
}
