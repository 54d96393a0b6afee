package org.tongmai.routes.engine.gateway.rules;

import java.util.List;
import java.util.Map;
import org.tongmai.routes.engine.gateway.GatewayKind;

/**
 * All rules in force together.
 *
 * @param services what is published
 * @param groups services that are authorised together (接口授权组)
 * @param callers organisations that call (调用方)
 * @param applications systems of callers, with their keys (应用)
 * @param identityProviders who vouches for users (统一身份认证)
 * @param listeners ways in beside HTTP (监听)
 * @param systems what services are interfaces of (服务)
 * @param addresses where calls of a gateway may come from (IP 白名单, 黑名单), before anything else of them is looked at; those
 *     of services, applications and listeners count besides
 * @param domains origins and redirects that are safe at a gateway (安全域名), for services without their own
 */
public record RuleSet(
        List<Service> services,
        List<ServiceGroup> groups,
        List<CallerRule> callers,
        List<Application> applications,
        List<IdentityProvider> identityProviders,
        List<Listener> listeners,
        List<SystemRule> systems,
        Map<GatewayKind, AddressRule> addresses,
        Map<GatewayKind, DomainRule> domains) {
    /** No rules: nothing is published. */
    public static final RuleSet NOTHING = new RuleSet(null, null, null, null, null, null, null, null, null);

    public RuleSet {
        services = Absent.list(services);
        groups = Absent.list(groups);
        callers = Absent.list(callers);
        applications = Absent.list(applications);
        identityProviders = Absent.list(identityProviders);
        listeners = Absent.list(listeners);
        systems = Absent.list(systems);
        addresses = Absent.map(addresses);
        domains = Absent.map(domains);
    }

    /** The same rules for some of the services, with the listeners of these. */
    public RuleSet withServices(List<Service> some) {
        List<Listener> theirs = listeners.stream()
                .filter(listener ->
                        some.stream().anyMatch(service -> service.id().equals(listener.service())))
                .toList();
        return new RuleSet(some, groups, callers, applications, identityProviders, theirs, systems, addresses, domains);
    }

    /** Services that are authorised together. */
    public record ServiceGroup(String id, String title, List<String> services) {
        public ServiceGroup {
            id = Absent.text(id);
            title = Absent.text(title);
            services = Absent.list(services);
        }
    }

    /** What services are interfaces of: while it is suspended, none of them may be called. */
    public record SystemRule(String id, String title, ActiveState state) {
        public SystemRule {
            id = Absent.text(id);
            title = Absent.text(title);
            state = state == null ? ActiveState.ACTIVE : state;
        }
    }

    /**
     * An organisation that calls.
     *
     * @param rate how often all its applications together may call
     */
    public record CallerRule(String id, String title, ActiveState state, Rate rate) {
        public CallerRule {
            id = Absent.text(id);
            title = Absent.text(title);
            state = state == null ? ActiveState.ACTIVE : state;
            rate = rate == null ? Rate.NONE : rate;
        }
    }
}
