package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Marathon's schema of an app (its version 1.6) says of the parts that {@code deploy/} uses: it refuses all else. */
final class MarathonApp {
    private static final Set<String> KEYS = Set.of(
            "acceptedResourceRoles",
            "args",
            "backoffFactor",
            "backoffSeconds",
            "cmd",
            "constraints",
            "container",
            "cpus",
            "dependencies",
            "disk",
            "env",
            "executor",
            "executorResources",
            "fetch",
            "gpus",
            "healthChecks",
            "id",
            "instances",
            "ipAddress",
            "killSelection",
            "labels",
            "maxLaunchDelaySeconds",
            "mem",
            "networks",
            "portDefinitions",
            "ports",
            "readinessChecks",
            "requirePorts",
            "residency",
            "secrets",
            "taskKillGracePeriodSeconds",
            "unreachableStrategy",
            "upgradeStrategy",
            "uris",
            "user",
            "version",
            "versionInfo");
    private static final Set<String> HEALTH_KEYS = Set.of(
            "command",
            "delaySeconds",
            "gracePeriodSeconds",
            "ignoreHttp1xx",
            "intervalSeconds",
            "ipProtocol",
            "maxConsecutiveFailures",
            "path",
            "port",
            "portIndex",
            "protocol",
            "timeoutSeconds");
    private static final Set<String> HEALTH_PROTOCOLS =
            Set.of("HTTP", "HTTPS", "TCP", "COMMAND", "MESOS_HTTP", "MESOS_HTTPS", "MESOS_TCP");
    private static final Set<String> OPERATORS = Set.of("UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE", "MAX_PER");
    private static final String PATH = "^(\\/?((\\.{2})|([a-z0-9][a-z0-9\\-.]*[a-z0-9]+)|([a-z0-9]*))($|\\/))+$";

    private MarathonApp() {}

    /** Fails when Marathon would refuse {@code app}. */
    static void check(JsonNode app) {
        assertThat(app.propertyNames()).isSubsetOf(KEYS).contains("id");
        assertThat(app.path("id").asString()).matches(PATH);
        assertThat(app.has("cmd")).isNotEqualTo(app.has("args"));
        for (String number : Set.of("cpus", "mem", "disk")) {
            assertThat(app.path(number).isNumber()).isTrue();
        }
        for (String whole : Set.of("instances", "taskKillGracePeriodSeconds")) {
            assertThat(app.path(whole).isInt()).isTrue();
        }
        assertThat(app.path("requirePorts").isBoolean()).isTrue();
        app.path("constraints").forEach(MarathonApp::constraint);
        app.path("healthChecks").forEach(MarathonApp::health);
        app.path("portDefinitions").forEach(MarathonApp::port);
        app.path("networks")
                .forEach(network ->
                        assertThat(network.path("mode").asString()).isIn("container", "container/bridge", "host"));
        assertThat(app.path("upgradeStrategy").propertyNames())
                .isSubsetOf("maximumOverCapacity", "minimumHealthCapacity");
        assertThat(app.path("upgradeStrategy"))
                .allSatisfy(share -> assertThat(share.asDouble()).isBetween(0.0, 1.0));
        assertThat(app.path("unreachableStrategy").propertyNames())
                .isSubsetOf("inactiveAfterSeconds", "expungeAfterSeconds");
    }

    private static void constraint(JsonNode constraint) {
        assertThat(constraint.size()).isBetween(2, 3);
        assertThat(constraint).allMatch(JsonNode::isString);
        assertThat(constraint.path(1).asString()).isIn(OPERATORS);
    }

    private static void health(JsonNode check) {
        assertThat(check.propertyNames()).isSubsetOf(HEALTH_KEYS);
        assertThat(check.path("protocol").asString()).isIn(HEALTH_PROTOCOLS);
        assertThat(check.path("portIndex").isInt()).isTrue();
    }

    private static void port(JsonNode port) {
        assertThat(port.propertyNames()).isSubsetOf("port", "labels", "name", "protocol");
        assertThat(port.path("name").asString()).matches("^[a-z][a-z0-9-]*$");
        assertThat(port.path("protocol").asString()).isIn("tcp", "udp");
    }
}
