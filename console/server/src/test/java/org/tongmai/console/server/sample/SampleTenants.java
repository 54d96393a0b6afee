package org.tongmai.console.server.sample;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tongmai.routes.engine.bundle.Tenants;

/** One tenant, whatever is said of it. */
public final class SampleTenants implements Tenants {
    private static final Tenant DISTRICT =
            new Tenant("district-01", "District 1", Map.of("a.port", "7"), Set.of("password"), Limits.NONE, Set.of());

    @Override
    public List<Tenant> all() {
        return List.of(DISTRICT);
    }

    @Override
    public Optional<Tenant> find(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public Tenant put(String name, Change change, String by) {
        return DISTRICT;
    }
}
