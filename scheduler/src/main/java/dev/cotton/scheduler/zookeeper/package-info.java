/**
 * State, leadership and discovery in ZooKeeper, and a ZooKeeper server for one machine.
 *
 * <p>Below the path of the URL:
 *
 * <pre>
 * cotton/term              the leader's term; every write checks its version
 * cotton/leader            the leader's URL, for as long as its session lives
 * cotton/election          who wants to lead
 * cotton/authority         the sealed certificate authority
 * cotton/clusters/UID      a cluster's record, JSON
 * cotton/names/NAME        the uid of the cluster that holds the name
 * cotton/engine/local/ID   what the engine for one machine knows of an instance, JSON
 * discover/NAME/master     at most one member_NNNNNNNNNN
 * discover/NAME/slaves     member_NNNNNNNNNN, one for each replica that serves
 * </pre>
 *
 * <p>A record, its name and what discovery shows of it change in one transaction, which fails when another leader's
 * term has begun. Depends on core, and on the
 * records of the engine that it keeps.
 */
@NullMarked
package dev.cotton.scheduler.zookeeper;

import org.jspecify.annotations.NullMarked;
