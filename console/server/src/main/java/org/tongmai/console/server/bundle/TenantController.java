package org.tongmai.console.server.bundle;

import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.bundle.Tenants.Change;
import org.tongmai.routes.engine.bundle.Tenants.Tenant;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Districts and hospitals with settings of their own. What is secret goes in and never comes out. */
@RestController
@RequestMapping("/api/tenants")
public class TenantController {
    private final Tenants tenants;

    public TenantController(Tenants tenants) {
        this.tenants = tenants;
    }

    @GetMapping
    List<Tenant> all() {
        return tenants.all();
    }

    @GetMapping("/{name}")
    Tenant one(@PathVariable String name) {
        return tenants.find(name)
                .orElseThrow(() -> new CodedException(Issue.of(DeployError.TENANT_UNKNOWN, "name", "")));
    }

    /** What the body does not name stays as it is. */
    @PutMapping("/{name}")
    Tenant put(@PathVariable String name, @RequestBody Change change, Authentication who) {
        return tenants.put(name, change, who.getName());
    }
}
