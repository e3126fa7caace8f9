package dev.cotton.cli;

/** Answers as a scheduler gives them. */
public final class Documents {
    private Documents() {}

    /** A cluster of two with a primary at 127.0.0.1:23300. */
    public static String cluster(String name, String state) {
        return cluster(name, state, "on", "");
    }

    /** @param operations JSON, separated by commas */
    public static String cluster(String name, String state, String power, String operations) {
        return """
                {"name": "%1$s", "uid": "u1", "state": "%2$s", "why": "It is %2$s.", "phase": "steady", "power": "%3$s",
                 "clusterUrl": "zk://127.0.0.1:2181/cotton/discover/%1$s", "createdAt": "2026-11-22T10:00:00Z",
                 "epoch": 1, "term": 1, "version": 7, "primary": "%1$s-0", "somethingNew": 42,
                 "spec": {"instances": 2, "size": {"cpus": 1.0, "mem": "512mb", "disk": "2gb"},
                          "durability": "lossless", "user": "app", "options": {},
                          "placement": {"shareHosts": false, "diskType": "root"}},
                 "inSync": {"members": ["%1$s-0", "%1$s-1"], "ackCount": 1, "ackTarget": 1},
                 "instances": [%4$s, %5$s], "operations": [%6$s]}
                """.formatted(name, state, power, primary(name), replica(name), operations);
    }

    private static String primary(String cluster) {
        return """
                {"id": "%s-0", "cluster": "%s", "role": "primary", "stage": "in-sync", "announced": "primary",
                 "doubted": false, "place": %s,
                 "executor": {"reachable": true, "silence": "PT0.1S", "trouble": "",
                   "report": {"version": "1", "uptime": "PT5M", "lifecycle": "running", "detail": "", "memory": "410mb",
                              "diskUsed": "220mb", "diskFree": "9gb", "restarts": 0, "processId": 4242}}}
                """.formatted(cluster, cluster, place(23300));
    }

    private static String replica(String cluster) {
        return """
                {"id": "%s-1", "cluster": "%s", "role": "replica", "stage": "in-sync", "announced": "replica",
                 "doubted": false, "place": %s,
                 "executor": {"reachable": false, "silence": "PT9S", "trouble": "Connection refused."}}
                """.formatted(cluster, cluster, place(23304));
    }

    private static String place(int port) {
        return """
                {"presence": "running", "host": "this machine", "isolation": "cgroup v2", "why": "",
                 "endpoints": {"mysql": "127.0.0.1:%d", "executor": "127.0.0.1:%d", "health": "127.0.0.1:%d"}}
                """.formatted(port, port + 1, port + 2);
    }

    public static String clusters(String... clusters) {
        return "{\"clusters\": [" + String.join(",", clusters) + "]}";
    }

    /** An operation on {@code demo} of two steps. */
    public static String operation(String kind, String outcome, int done) {
        return """
                {"id": "op1", "cluster": "demo", "kind": "%s", "outcome": "%s", "startedAt": "2026-11-22T10:00:00Z",
                 "progress": 0.5, "why": "Because of %s.",
                 "steps": [{"name": "instances placed"%s}, {"name": "servers started"%s}]}
                """.formatted(kind, outcome, outcome, finished(done > 0), finished(done > 1));
    }

    private static String finished(boolean done) {
        return done ? ", \"finishedAt\": \"2026-11-22T10:00:01Z\"" : "";
    }

    public static String event(long sequence, String at, String text) {
        return "{\"cluster\": \"demo\", \"sequence\": " + sequence + ", \"at\": \"2026-11-22T" + at
                + "Z\", \"kind\": \"state-changed\", \"text\": \"" + text + "\"}";
    }

    public static String events(String... events) {
        return "{\"events\": [" + String.join(",", events) + "]}";
    }

    /** What {@code demo-0} alone had. */
    public static String quarantineEntry(String id, int bytes) {
        return """
                {"id": "%s", "cluster": "demo", "instance": "demo-0", "savedAt": "2026-11-22T10:15:30Z",
                 "gtids": "1-1:41-42", "transactions": 2, "somethingNew": 42,
                 "rows": [{"table": "shop.orders", "inserted": 2, "updated": 1, "deleted": 0}],
                 "statements": {"CREATE TABLE": 1}, "firstCommit": "2026-11-22T10:15:20Z",
                 "lastCommit": "2026-11-22T10:15:21Z", "bytes": %d, "complete": true}
                """.formatted(id, bytes);
    }

    public static String problem(String code, String detail) {
        return """
                {"type": "urn:cotton:problem:%s", "title": "t", "status": 400, "code": "%s", "detail": "%s"}
                """.formatted(code, code, detail);
    }
}
