package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.port.Engine.Amounts;
import dev.cotton.core.port.Engine.Capacity;
import dev.cotton.core.port.Engine.RoleShare;
import dev.cotton.scheduler.rest.resource.AmountsResource;
import dev.cotton.scheduler.rest.resource.CapacityResource;
import dev.cotton.scheduler.rest.resource.RoleResource;
import dev.cotton.scheduler.rest.resource.SizeResource;
import java.util.List;

/** How the API shows what there is for instances. */
final class CapacityViews {
    private CapacityViews() {}

    static CapacityResource of(Capacity capacity, List<RoleShare> roles) {
        return new CapacityResource(
                new SizeResource(capacity.cpus(), capacity.mem(), capacity.disk()),
                new SizeResource(capacity.cpusUsed(), capacity.memUsed(), capacity.diskUsed()),
                roles.stream().map(CapacityViews::role).toList());
    }

    private static RoleResource role(RoleShare share) {
        return new RoleResource(
                share.role(), amounts(share.guarantee()), amounts(share.limit()), amounts(share.used()));
    }

    private static AmountsResource amounts(Amounts amounts) {
        return new AmountsResource(amounts.cpus().stream().boxed().findFirst(), amounts.mem(), amounts.disk());
    }
}
