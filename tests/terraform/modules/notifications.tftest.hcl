# A topic and its channel.

mock_provider "aws" {
  source = "./mocks"
}

mock_provider "aws" {
  alias  = "chat"
  source = "./mocks"
}

variables {
  name     = "production-web"
  slack    = { workspace = "T0123456", channel = "C0123456" }
  boundary = "arn:aws:iam::123456789012:policy/boundary"
}

run "as_usual" {
  module {
    source = "./modules/notifications"
  }
  providers = {
    aws      = aws
    aws.chat = aws.chat
  }

  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == aws_kms_key.topic.arn && aws_kms_key.topic.enable_key_rotation
    error_message = "What is told is encrypted with a key of its own."
  }
  assert {
    condition     = aws_chatbot_slack_channel_configuration.this[0].guardrail_policy_arns == tolist(["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"])
    error_message = "Nothing can be changed from the channel."
  }
  assert {
    condition     = aws_chatbot_slack_channel_configuration.this[0].user_authorization_required
    error_message = "Whoever asks in the channel must be somebody."
  }
  assert {
    condition     = toset([for statement in jsondecode(aws_sns_topic_policy.this.policy).Statement : statement.Principal.Service]) == toset(["cloudwatch.amazonaws.com", "events.amazonaws.com"])
    error_message = "Only alarms and events of AWS publish."
  }
  assert {
    condition     = aws_iam_role.chat[0].permissions_boundary == var.boundary
    error_message = "The role must be bounded."
  }
}
