package org.tongmai.console.server.account;

import java.util.EnumSet;
import java.util.Set;

/** What an account may do. The README has the table of roles and actions. */
public enum Role {
    /** Machines: reads counts, messages, raw bytes and FHIR, converts, makes and registers documents, over HTTP basic. */
    SERVICE,
    /** Machines that send: as {@link #SERVICE}, and writes by FHIR. */
    SENDER,
    /** Watches; sees no patient data. */
    VIEWER,
    /** Sees patient data, starts and stops routes, replays, releases what is parked. */
    OPERATOR,
    /** Looks deeper into the running platform. */
    ENGINEER,
    /** System administrator 系统管理员: runs the platform, its bundles and tenants. */
    ADMINISTRATOR,
    /** Security administrator 安全管理员: accounts, roles, sessions, and who may call what at the gateways. */
    SECURITY_ADMINISTRATOR,
    /** Audit administrator 审计管理员: alone reads and verifies the audit log. */
    AUDIT_ADMINISTRATOR;

    /** The three that no account may hold two of. */
    public static final Set<Role> ADMINISTRATORS = Set.of(ADMINISTRATOR, SECURITY_ADMINISTRATOR, AUDIT_ADMINISTRATOR);

    /** This role and the ones it contains. Those of machines and those of people stand apart, and the administrators. */
    public Set<Role> implied() {
        return switch (this) {
            case SERVICE, SENDER -> EnumSet.range(SERVICE, this);
            case SECURITY_ADMINISTRATOR, AUDIT_ADMINISTRATOR -> EnumSet.of(VIEWER, this);
            default -> EnumSet.range(VIEWER, this);
        };
    }

    /** Whether it is one of machines: their passwords do not age and they have no second factor. */
    public boolean machine() {
        return this == SERVICE || this == SENDER;
    }

    /** The name Spring Security knows it by. */
    public String authority() {
        return "ROLE_" + name();
    }
}
