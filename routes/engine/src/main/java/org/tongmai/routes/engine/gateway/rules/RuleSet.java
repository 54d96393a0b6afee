package org.tongmai.routes.engine.gateway.rules;

import java.util.List;

/**
 * All rules in force together.
 *
 * @param services what is published
 * @param groups services that are authorised together (接口授权组)
 * @param callers organisations that call (调用方)
 * @param applications systems of callers, with their keys (应用)
 */
public record RuleSet(
        List<Service> services, List<ServiceGroup> groups, List<CallerRule> callers, List<Application> applications) {
    public RuleSet {
        services = Absent.list(services);
        groups = Absent.list(groups);
        callers = Absent.list(callers);
        applications = Absent.list(applications);
    }

    /** The same rules for some of the services. */
    public RuleSet withServices(List<Service> some) {
        return new RuleSet(some, groups, callers, applications);
    }

    /** Services that are authorised together. */
    public record ServiceGroup(String id, String title, List<String> services) {
        public ServiceGroup {
            id = Absent.text(id);
            title = Absent.text(title);
            services = Absent.list(services);
        }
    }

    /** An organisation that calls. */
    public record CallerRule(String id, String title, ActiveState state) {
        public CallerRule {
            id = Absent.text(id);
            title = Absent.text(title);
            state = state == null ? ActiveState.ACTIVE : state;
        }
    }
}
