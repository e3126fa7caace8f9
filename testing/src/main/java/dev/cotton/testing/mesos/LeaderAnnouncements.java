package dev.cotton.testing.mesos;

/**
 * Where masters announce themselves, for a test that has a ZooKeeper: each announcement is to be an ephemeral
 * sequential node {@code json.info_} in the folder that schedulers watch; the lowest one leads.
 */
@FunctionalInterface
public interface LeaderAnnouncements {

    /**
     * Announces a master that has started. Called on the simulator's thread, in the order in which masters would lead; it
     * must not call the simulator.
     *
     * @param masterInfo the MasterInfo of Mesos, in JSON
     * @return withdraws the announcement when closed, as the end of a ZooKeeper session does
     */
    AutoCloseable announce(String masterInfo);

    /** Masters announce themselves nowhere: schedulers are told an address. */
    static LeaderAnnouncements nowhere() {
        return masterInfo -> () -> {};
    }
}
