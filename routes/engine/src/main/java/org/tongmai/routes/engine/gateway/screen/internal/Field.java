package org.tongmai.routes.engine.gateway.screen.internal;

/**
 * What a value is a value of.
 *
 * @param name name by which a policy knows it
 * @param spot where it stands
 */
public record Field(String name, Inspection.Spot spot) {}
