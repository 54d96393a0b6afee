package org.tongmai.routes.engine.gateway;

/** The doors of the platform; each has a port of its own. */
public enum GatewayKind {
    /** 公共服务总线: systems inside, by address and application. */
    BUS,
    /** 开放安全网关: systems outside, by application, signature and nonce. */
    OPEN,
    /** 用户安全网关: people, by a token of who knows them; see only what is theirs. */
    USER
}
