package org.tongmai.routes.engine.gateway.rules;

import java.util.List;
import java.util.Set;

/**
 * How callers may speak to a service beside HTTP as its transport takes it (WSDL 1.1, 2.5: a binding): they send one operation
 * as XML, in an envelope of SOAP or without one (document/literal), and are answered in the same form.
 *
 * @param protocols what is taken beside
 * @param namespace of the operation's element and of the answer's; only plain XML may have none
 * @param operation local name of the element a call holds; what it holds becomes the JSON
 * @param response local name of the element an answer holds; that of the operation with {@code Response} where not written
 * @param action SOAPAction, or the action of SOAP 1.2: a call that says another is refused; empty for whatever calls say
 * @param elementFormDefault whether the elements of an answer are in the namespace (XML Schema 1.0 part 1, 3.15.2); those of a
 *     call may be or not
 * @param arrays names of elements of a call that are arrays in JSON though they come once
 * @param location address that the WSDL tells; empty for the one it was asked at, by {@code http}
 */
public record Binding(
        Set<Protocol> protocols,
        String namespace,
        String operation,
        String response,
        String action,
        Form elementFormDefault,
        List<String> arrays,
        String location) {
    public Binding {
        protocols = Absent.set(protocols);
        namespace = Absent.text(namespace);
        operation = Absent.text(operation);
        response = response == null ? operation + "Response" : response;
        action = Absent.text(action);
        elementFormDefault = elementFormDefault == null ? Form.QUALIFIED : elementFormDefault;
        arrays = Absent.list(arrays);
        location = Absent.text(location);
    }

    /** What a caller speaks. */
    public enum Protocol {
        /** {@code text/xml}. */
        SOAP_1_1,
        /** {@code application/soap+xml}. */
        SOAP_1_2,
        /** {@code application/xml} and other types of XML; {@code text/xml} where SOAP 1.1 is not taken, or not by POST. */
        XML
    }

    /** Whether elements are in the namespace of the schema. */
    public enum Form {
        QUALIFIED,
        UNQUALIFIED
    }

    /** Whether it takes an envelope of SOAP. */
    public boolean takesSoap() {
        return protocols.contains(Protocol.SOAP_1_1) || protocols.contains(Protocol.SOAP_1_2);
    }
}
