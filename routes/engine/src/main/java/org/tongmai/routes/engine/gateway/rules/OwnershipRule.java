package org.tongmai.routes.engine.gateway.rules;

import java.util.List;
import java.util.Set;

/**
 * What a user must own to call a service (防用户越权访问). Several policies must all hold (多配置).
 *
 * @param mode whether it is enforced, or only watched to find policies
 * @param policies where identifiers stand and whose they may be
 * @param learnSystems identifier systems that are looked for while learning; empty for that of the token alone
 */
public record OwnershipRule(Mode mode, List<Policy> policies, Set<String> learnSystems) {
    public OwnershipRule {
        mode = mode == null ? Mode.ENFORCE : mode;
        policies = Absent.list(policies);
        learnSystems = Absent.set(learnSystems);
    }

    /** What is done. */
    public enum Mode {
        ENFORCE,
        /** 学习: calls pass, and what was seen becomes proposals. */
        LEARN
    }

    /**
     * One place with identifiers.
     *
     * @param in which part of the call
     * @param name of the path's segment, the parameter, the field; in JSON a pointer (RFC 6901) in which {@code *} stands for
     *     every element of a list
     * @param system which identifiers stand there
     * @param form how they are written
     * @param who whose they may be
     */
    public record Policy(Part in, String name, String system, Form form, Who who) {
        public Policy {
            name = Absent.text(name);
            system = Absent.text(system);
            form = form == null ? Form.VALUE : form;
            who = who == null ? Who.SELF : who;
        }
    }

    /** Parts of a call. */
    public enum Part {
        PATH,
        QUERY,
        /** A field of {@code application/x-www-form-urlencoded}. */
        FORM,
        /** The request's JSON. */
        BODY,
        /** The answer's JSON: what is not owned is withheld. */
        ANSWER,
        /** A header field of the answer: the same, where it is there. */
        ANSWER_FIELD;

        /** Whether it is the service that says what stands there. */
        public boolean isAnswered() {
            return this == ANSWER || this == ANSWER_FIELD;
        }
    }

    /** How an identifier is written. */
    public enum Form {
        VALUE,
        /** FHIR reference: {@code Patient/123}; in a field of an answer also an address that ends so, or with its version. */
        REFERENCE,
        /** FHIR token: {@code system|value}. */
        TOKEN
    }

    /** Whose an identifier may be. */
    public enum Who {
        /** 本人 */
        SELF,
        /** 本人或被监护人 */
        SELF_OR_WARD
    }
}
