package org.tongmai.console.server.account;

import java.util.EnumSet;
import java.util.Set;

/** What an account may do. The README has the table of roles and actions. */
public enum Role {
    /** Machines: reads counts, messages, raw bytes and FHIR over HTTP basic; changes nothing. */
    SERVICE,
    /** Machines that send: as {@link #SERVICE}, and writes by FHIR. */
    SENDER,
    /** Watches; sees no patient data. */
    VIEWER,
    /** Sees patient data, starts and stops routes, replays, releases what is parked. */
    OPERATOR,
    /** Looks deeper into the running platform. */
    ENGINEER,
    /** Governs. */
    ADMINISTRATOR;

    /** This role and the ones it contains. Those of machines and those of people stand apart. */
    public Set<Role> implied() {
        return switch (this) {
            case SERVICE, SENDER -> EnumSet.range(SERVICE, this);
            default -> EnumSet.range(VIEWER, this);
        };
    }

    /** The name Spring Security knows it by. */
    public String authority() {
        return "ROLE_" + name();
    }
}
