package dev.cotton.cli.app;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a Mesos master and agent of version 1.11 can be told, as far as {@code deploy/} tells it. */
final class MesosFlags {
    /** Of a master. */
    static final Set<String> MASTER = Set.of(
            "zk",
            "quorum",
            "work_dir",
            "log_dir",
            "hostname",
            "credentials",
            "authenticate_http_frameworks",
            "http_framework_authenticators",
            "authenticate_frameworks",
            "authenticate_agents",
            "authenticate_http_readonly",
            "authenticate_http_readwrite",
            "acls");

    /** Of an agent. */
    static final Set<String> AGENT = Set.of(
            "master",
            "work_dir",
            "log_dir",
            "hostname",
            "attributes",
            "resources",
            "containerizers",
            "launcher",
            "isolation",
            "cgroups_enable_cfs",
            "cgroups_limit_swap",
            "enforce_container_disk_quota",
            "container_disk_watch_interval",
            "recover",
            "recovery_timeout",
            "executor_reregistration_timeout",
            "executor_registration_timeout",
            "fetcher_cache_dir",
            "fetcher_cache_size",
            "credential",
            "http_credentials",
            "authenticate_http_readonly",
            "authenticate_http_readwrite",
            "acls");

    /** What each action of an access control list is done to. */
    static final Map<String, String> ACL_OBJECTS = Map.ofEntries(
            Map.entry("register_frameworks", "roles"),
            Map.entry("run_tasks", "users"),
            Map.entry("teardown_frameworks", "framework_principals"),
            Map.entry("reserve_resources", "roles"),
            Map.entry("unreserve_resources", "reserver_principals"),
            Map.entry("create_volumes", "roles"),
            Map.entry("destroy_volumes", "creator_principals"),
            Map.entry("update_quotas", "roles"),
            Map.entry("view_executors", "users"),
            Map.entry("view_flags", "flags"),
            Map.entry("access_sandboxes", "users"),
            Map.entry("access_mesos_logs", "logs"));

    private MesosFlags() {}

    /** The flag that a variable of the environment gives. */
    static String of(String variable) {
        return variable.replaceFirst("^MESOS_", "").toLowerCase(Locale.ROOT);
    }
}
