package dev.cotton.core.mesos;

/** One life of an agent with its records; an agent that has lost them comes back with another one. */
public record AgentId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
