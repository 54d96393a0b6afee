package org.tongmai.standards.identifier;

/**
 * One assigner's kind of numbers.
 *
 * @param uri the system as {@code Identifier.system} writes it, {@code urn:oid:…} where the assigner has an OID
 * @param name lower-case name with hyphens; slices of profiles are called by it
 * @param display the official term
 * @param displayEnglish the English term
 * @param rule what makes a number one of this kind; accepts everything where no rule is known
 */
public record IdentifierSystem(String uri, String name, String display, String displayEnglish, IdentifierRule rule) {}
