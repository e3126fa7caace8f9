package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.client.SchedulerAddress;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.machine.RunningScheduler;
import java.net.URI;

/** The way to the scheduler that a note is about. */
public final class SchedulerLink {
    private SchedulerLink() {}

    /** @throws Failure when it is still starting */
    public static SchedulerClient to(RunningScheduler scheduler) {
        URI url = scheduler
                .url()
                .orElseThrow(() -> new Failure(
                        ExitCode.UNREACHABLE, "The scheduler is still starting; its log is " + scheduler.log() + "."));
        return new SchedulerClient(new SchedulerAddress(url, scheduler.tokenFile(), scheduler.authority()));
    }
}
