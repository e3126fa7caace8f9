package dev.cotton.testing.mesos;

/** Resources of one agent, held for one framework in one role. */
record Offer(String id, String framework, String agent, String role, Resources resources) {}
