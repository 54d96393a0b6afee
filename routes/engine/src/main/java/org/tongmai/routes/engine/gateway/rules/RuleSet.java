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
 * @param serviceDomains domains that services are in (服务域); a service, an application or a node names no other
 * @param nodes what is said of nodes (域服务器); of one that is not named here its settings count
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
        Map<GatewayKind, DomainRule> domains,
        List<ServiceDomain> serviceDomains,
        List<NodeRule> nodes) {
    /** No rules: nothing is published. */
    public static final RuleSet NOTHING = new RuleSet(null, null, null, null, null, null, null, null, null, null, null);

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
        serviceDomains = Absent.list(serviceDomains);
        nodes = Absent.list(nodes);
    }

    /** The same rules with these services. */
    RuleSet with(List<Service> others) {
        return new RuleSet(
                others,
                groups,
                callers,
                applications,
                identityProviders,
                listeners,
                systems,
                addresses,
                domains,
                serviceDomains,
                nodes);
    }

    /**
     * The same rules as a node has them.
     *
     * @param some services it carries
     * @param open listeners it opens; of these services
     */
    public RuleSet at(String node, List<Service> some, List<Listener> open) {
        List<Listener> theirs = open.stream()
                .filter(listener ->
                        some.stream().anyMatch(service -> service.id().equals(listener.service())))
                .toList();
        return new RuleSet(
                some,
                groups,
                callers,
                applications,
                identityProviders,
                theirs,
                systems,
                addresses,
                domains,
                serviceDomains,
                nodes.stream().filter(rule -> rule.id().equals(node)).toList());
    }

    /**
     * A domain that services are in.
     *
     * @param state whether its services may be called
     */
    public record ServiceDomain(String id, String title, ActiveState state) {
        public ServiceDomain {
            id = Absent.text(id);
            title = Absent.text(title);
            state = state == null ? ActiveState.ACTIVE : state;
        }
    }

    /**
     * A node.
     *
     * @param id its name
     * @param domains service domains it serves; empty for those of its settings
     * @param state whether it takes calls; one that is suspended is not ready, and what it has begun it ends
     */
    public record NodeRule(String id, String title, List<String> domains, ActiveState state) {
        public NodeRule {
            id = Absent.text(id);
            title = Absent.text(title);
            domains = Absent.list(domains);
            state = state == null ? ActiveState.ACTIVE : state;
        }
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
