# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen 4d5366533c7cb471383a9db57fa1a3dc2986a9a6ab928c96b0e35c5c7fc7e0cb

# How requests reach the tasks: a rule of the organisation's load balancer, and the two target groups that CodeDeploy
# moves them between.

locals {
  # A name of 32 characters at most, of which the longest suffix takes 6. A shortened one keeps apart what was apart.
  target_group = length(var.name) <= 26 ? var.name : "${trimsuffix(substr(var.name, 0, 17), "-")}-${substr(sha256(var.name), 0, 8)}"
}

resource "aws_lb_target_group" "this" {
  # checkov:skip=CKV_AWS_378:encryption ends at the load balancer, and the tasks are in the same network
  for_each    = toset(["blue", "green"])
  name        = "${local.target_group}-${each.key}"
  vpc_id      = var.platform.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  # Each task is registered with the port of its container. This one is never used, and a change of it would replace a
  # group that is in use.
  port = 80
  # The old tasks have had `keep_old` minutes when they are taken out.
  deregistration_delay = 30

  health_check {
    path                = var.health_check.path
    matcher             = var.health_check.codes
    interval            = var.health_check.interval
    timeout             = var.health_check.timeout
    healthy_threshold   = var.health_check.healthy
    unhealthy_threshold = var.health_check.unhealthy
  }
}

locals {
  # The listener takes the first rule that fits, so the more a rule asks for, the earlier it stands: a host with paths, a
  # host, any host of a domain, paths alone, everything. Within each of these five the name decides.
  host     = one(var.domain[*].host)
  whole    = var.domain == null ? true : contains(var.domain.paths, "/*")
  band     = local.host == null ? (local.whole ? 4 : 3) : startswith(local.host, "*.") ? 2 : local.whole ? 1 : 0
  priority = 10000 * local.band + 1 + parseint(substr(sha256(var.name), 0, 8), 16) % 9999
}

resource "aws_lb_listener_rule" "this" {
  listener_arn = var.platform.load_balancer.listener_arn
  priority     = local.priority

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["blue"].arn
  }
  condition {
    path_pattern {
      values = var.domain == null ? ["/*"] : var.domain.paths
    }
  }
  dynamic "condition" {
    for_each = compact(var.domain[*].host)
    content {
      host_header {
        values = [condition.value]
      }
    }
  }

  # CodeDeploy writes both target groups with their weights.
  lifecycle {
    ignore_changes = [action]
  }
}
