package dev.cotton.scheduler.rest;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.port.FrameworkFigures;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.Origins;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the API shows of the scheduler around the fleet. All of it is asked on request threads and must answer soon.
 *
 * @param leads whether this scheduler was elected, its state loaded or not
 * @param leader the URL of the scheduler that leads, this one or another
 * @param clusterUrl {@code zk://<servers><path>/discover/<cluster>}, without credentials
 * @param authority the certificate of the authority, PEM; empty before it is made
 * @param backups asked for what is known; does not wait for a store
 * @param origins backups that clusters can begin with; answers a little later when their store is slow
 * @param framework what was counted of offers and tasks; empty when databases run on this machine
 * @param version of this build
 */
public record Surroundings(
        BooleanSupplier leads,
        Supplier<Optional<String>> leader,
        Function<ClusterName, String> clusterUrl,
        Supplier<Optional<String>> authority,
        Backups backups,
        Origins origins,
        Supplier<Optional<FrameworkFigures>> framework,
        String version) {}
