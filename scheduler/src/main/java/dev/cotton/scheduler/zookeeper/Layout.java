package dev.cotton.scheduler.zookeeper;

import dev.cotton.core.model.ClusterName;

/** Paths below a root, which is empty or starts with a slash. */
record Layout(String root) {
    String own() {
        return root + "/cotton";
    }

    String term() {
        return own() + "/term";
    }

    String leader() {
        return own() + "/leader";
    }

    String election() {
        return own() + "/election";
    }

    String authority() {
        return own() + "/authority";
    }

    String clusters() {
        return own() + "/clusters";
    }

    /** @throws IllegalArgumentException when {@code uid} cannot be the name of a node */
    String cluster(String uid) {
        if (!uid.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("'" + uid + "' is not the uid of a cluster.");
        }
        return clusters() + "/" + uid;
    }

    String names() {
        return own() + "/names";
    }

    String name(ClusterName name) {
        return names() + "/" + name;
    }

    String engines() {
        return own() + "/engine";
    }

    /** What an engine keeps of one kind. */
    String engine(String kind) {
        return engines() + "/" + kind;
    }

    String discover() {
        return root + "/discover";
    }

    String discovered(ClusterName name) {
        return discover() + "/" + name;
    }

    /** Whether everybody may read what is there. */
    boolean isPublic(String path) {
        return path.equals(discover()) || path.startsWith(discover() + "/");
    }

    /** Where the original kept its state. */
    String foreignState() {
        return root + "/state";
    }
}
