package org.tongmai.console.server.jolokia;

import java.util.EnumSet;
import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.jolokia.OperationRecords.Operation;
import org.tongmai.console.server.jolokia.OperationRules.Kind;

/**
 * Asked by Jolokia itself before each read, operation and write, after it has taken the request apart: whether that
 * came by GET or POST, alone or in a list, escaped or not, makes no difference here.
 */
public final class RoleRestrictor implements Restrictor {
    private static final Set<RequestType> TYPES = EnumSet.of(
            RequestType.READ,
            RequestType.LIST,
            RequestType.SEARCH,
            RequestType.VERSION,
            RequestType.EXEC,
            RequestType.WRITE);

    private final OperationRules rules;
    private final OperationRecords records;

    public RoleRestrictor(OperationRules rules, OperationRecords records) {
        this.rules = rules;
        this.records = records;
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName mbean, String attribute) {
        return allowed(Kind.READ, mbean, attribute);
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName mbean, String attribute) {
        return allowed(Kind.WRITE, mbean, attribute);
    }

    @Override
    public boolean isOperationAllowed(ObjectName mbean, String operation) {
        return allowed(Kind.EXEC, mbean, operation);
    }

    private boolean allowed(Kind kind, ObjectName mbean, String member) {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || !who.isAuthenticated()) {
            return false;
        }
        Set<Role> roles = rules.allowed(kind, mbean, member);
        boolean allowed = who.getAuthorities().stream().anyMatch(authority -> roles.stream()
                .anyMatch(role -> role.authority().equals(authority.getAuthority())));
        // What everybody may do who may look changes nothing.
        if (kind != Kind.READ && !roles.contains(Role.VIEWER)) {
            record(who, new Operation(kind, mbean, member), allowed);
        }
        return allowed;
    }

    private void record(Authentication who, Operation operation, boolean allowed) {
        if (allowed) {
            records.allowed(who.getName(), operation);
        } else {
            records.refused(who.getName(), operation);
        }
    }

    /** Notifications would outlive the login that asked for them. */
    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.POST;
    }

    /** The door is Spring Security's. */
    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** No other site's page is ever told that it may read an answer. */
    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
        return onlyWhenStrictCheckingIsEnabled;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return false;
    }

    /** Behind a TLS proxy the page's origin is https and this request is http; the login decides, not the scheme. */
    @Override
    public boolean ignoreScheme() {
        return true;
    }
}
