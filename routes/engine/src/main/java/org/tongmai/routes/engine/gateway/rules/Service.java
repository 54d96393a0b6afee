package org.tongmai.routes.engine.gateway.rules;

import java.util.List;
import java.util.Set;
import org.tongmai.routes.engine.gateway.GatewayKind;

/**
 * A published service (服务).
 *
 * @param id names it, its route and its figures
 * @param title for people
 * @param domain the service domain (服务域): nodes that serve the domain publish it; empty for all nodes
 * @param system id of the system it is an interface of (接口所属服务): while that is suspended, so is it; empty for none
 * @param state whether it may be called
 * @param gateways doors it is published at
 * @param methods HTTP methods it offers
 * @param path path it is published under: segments, {@code {name}} for any one segment, {@code **} at the end for any rest; no
 *     other service has the same with one of the methods at one of the gateways, whatever the names are
 * @param transport how its calls are carried to it
 * @param binding how callers may speak to it in SOAP or XML; null for neither
 * @param access who may call, and how that is proven
 * @param content what a call may hold
 * @param traffic how many calls, how long, how often again
 * @param log what the access log says of its calls
 */
public record Service(
        String id,
        String title,
        String domain,
        String system,
        ActiveState state,
        Set<GatewayKind> gateways,
        List<String> methods,
        String path,
        Transport transport,
        Binding binding,
        AccessRule access,
        ContentRule content,
        TrafficRule traffic,
        LogRule log) {
    public Service {
        id = Absent.text(id);
        title = Absent.text(title);
        domain = Absent.text(domain);
        system = Absent.text(system);
        state = state == null ? ActiveState.ACTIVE : state;
        gateways = Absent.set(gateways);
        methods = Absent.list(methods);
        path = Absent.text(path);
        transport = transport == null ? new Transport(null, null, null, null, null, null) : transport;
        access = access == null ? AccessRule.DEFAULT : access;
        content = content == null ? ContentRule.DEFAULT : content;
        traffic = traffic == null ? TrafficRule.DEFAULT : traffic;
        log = log == null ? LogRule.DEFAULT : log;
    }

    /** The same, carried otherwise. */
    Service with(Transport other) {
        return new Service(
                id, title, domain, system, state, gateways, methods, path, other, binding, access, content, traffic,
                log);
    }
}
